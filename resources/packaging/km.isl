; What a person meets of Inno Setup, in Khmer; the rest stays English (Default.isl comes first). UTF-8 with a mark.
; NOT RUN YET, like cpdesk.iss.

[LangOptions]
LanguageName=ភាសាខ្មែរ
LanguageID=$0453
LanguageCodePage=0
DialogFontName=Khmer UI
DialogFontSize=10

[Messages]
SetupAppTitle=ដំឡើង
SetupWindowTitle=ដំឡើង - %1
UninstallAppTitle=លុបកម្មវិធី
UninstallAppFullTitle=លុប %1
InformationTitle=ព័ត៌មាន
ConfirmTitle=បញ្ជាក់
ErrorTitle=បញ្ហា
ExitSetupTitle=បញ្ឈប់ការដំឡើង
ExitSetupMessage=ការដំឡើងមិនទាន់ចប់ទេ។ បើបញ្ឈប់ឥឡូវ កម្មវិធីនឹងមិនត្រូវបានដំឡើង។%n%nតើបញ្ឈប់ឬ?
ButtonBack=< ថយ
ButtonNext=បន្ទាប់ >
ButtonInstall=ដំឡើង
ButtonOK=យល់ព្រម
ButtonCancel=បោះបង់
ButtonYes=បាទ/ចាស
ButtonNo=ទេ
ButtonFinish=បញ្ចប់
SelectLanguageTitle=ជ្រើសរើសភាសា
SelectLanguageLabel=ជ្រើសរើសភាសាសម្រាប់ការដំឡើង។
ClickNext=ចុច «បន្ទាប់» ដើម្បីបន្ត ឬ «បោះបង់» ដើម្បីចាកចេញ។
WelcomeLabel1=សូមស្វាគមន៍មកកាន់ការដំឡើង [name]
WelcomeLabel2=កម្មវិធី [name/ver] នឹងត្រូវបានដំឡើងសម្រាប់លោកអ្នកតែម្នាក់។ មិនត្រូវការសិទ្ធិអ្នកគ្រប់គ្រង ឬអ៊ីនធឺណិតទេ។ តុការងារ និងទិន្នន័យទាំងអស់មិនត្រូវបានប៉ះពាល់ឡើយ។
WizardLicense=អាជ្ញាប័ណ្ណ
LicenseLabel=សូមអានមុនពេលបន្ត។
LicenseLabel3=សូមអានអាជ្ញាប័ណ្ណខាងក្រោម។ ត្រូវយល់ព្រមសិន ទើបអាចបន្តបាន។
LicenseAccepted=ខ្ញុំយល់ព្រម
LicenseNotAccepted=ខ្ញុំមិនយល់ព្រម
WizardSelectTasks=ជម្រើសបន្ថែម
SelectTasksDesc=តើត្រូវធ្វើអ្វីបន្ថែមទៀត?
SelectTasksLabel2=ជ្រើសរើសការងារបន្ថែម រួចចុច «បន្ទាប់»។
WizardReady=រួចរាល់សម្រាប់ដំឡើង
ReadyLabel1=ឥឡូវអាចដំឡើង [name] លើកុំព្យូទ័រនេះបានហើយ។
ReadyLabel2a=ចុច «ដំឡើង» ដើម្បីដំឡើង ឬ «ថយ» ដើម្បីប្តូរជម្រើស។
ReadyLabel2b=ចុច «ដំឡើង» ដើម្បីដំឡើង។
ReadyMemoTasks=ការងារបន្ថែម៖
WizardInstalling=កំពុងដំឡើង
InstallingLabel=សូមរង់ចាំ ខណៈដែល [name] កំពុងត្រូវបានដំឡើង។
StatusExtractFiles=កំពុងចម្លងឯកសារ…
StatusUninstalling=កំពុងលុប %1…
FinishedHeadingLabel=ការដំឡើង [name] បានចប់
FinishedLabel=កម្មវិធី [name] បានដំឡើងហើយ។ អាចបើកវាដោយចុចរូបតំណាងរបស់វា។
FinishedLabelNoIcons=កម្មវិធី [name] បានដំឡើងហើយ។
ClickFinish=ចុច «បញ្ចប់» ដើម្បីបិទ។
WizardPreparing=កំពុងរៀបចំ
CloseApplications=បិទកម្មវិធីដោយស្វ័យប្រវត្តិ
DontCloseApplications=កុំបិទកម្មវិធី
ApplicationsFound=កម្មវិធីខាងក្រោមកំពុងប្រើឯកសារដែលត្រូវដំឡើងថ្មី។ សូមឱ្យវាបិទដោយស្វ័យប្រវត្តិ។
ConfirmUninstall=តើលុប %1 ឬ? តុការងារ និងទិន្នន័យនៅដដែល។
UninstalledAll=កម្មវិធី %1 ត្រូវបានលុប។
UninstallStatusLabel=សូមរង់ចាំ ខណៈដែល %1 កំពុងត្រូវបានលុប។
DiskSpaceMBLabel=ត្រូវការទំហំទំនេរយ៉ាងតិច [mb] MB។
