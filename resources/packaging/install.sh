#!/bin/sh
# Installs cpdesk for the person who runs this, or puts a newer one over an older: `sh install.sh`. Nobody's desk and
# nothing that cpdesk keeps for a person is read or written here.
#
#   sh install.sh            install or upgrade
#   sh install.sh --back     the program as it was before the last upgrade
#   sh install.sh --remove   take the program away; desks, settings, keys and backups stay
#
# The program is unpacked beside the old one, looked through, tried, and only then a link is turned to it: at any moment
# the old program stands or the new one. Whatever a run that was cut short left behind, the next one sweeps away.
set -eu
umask 022

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
case ${XDG_DATA_HOME:-} in /*) share=$XDG_DATA_HOME ;; *) share=$HOME/.local/share ;; esac
place=$share/cpdesk-program
current=$place/current
previous=$place/previous
command=$HOME/.local/bin/cpdesk
packed=$here/cpdesk.tar.gz
SPARE=20480 # kB that stay free

say() { printf '%s\n%s\n' "$1" "$2"; }

refuse() {
    say "$1" "$2" >&2
    exit 1
}

# A program of cpdesk with a home of its own, so that it makes nothing in the person's.
quietly() {
    home=$(mktemp -d "$place/.home-XXXXXX")
    status=0
    CPDESK_HOME=$home QT_QPA_PLATFORM=offscreen "$@" >/dev/null 2>&1 || status=$?
    rm -rf "$home"
    return "$status"
}

# turn LINK NAME: from now on LINK leads to NAME, from one moment to the next.
turn() {
    link=${1%/*}/.cpdesk-link-$$
    rm -f "$link"
    ln -s "$2" "$link"
    mv -Tf "$link" "$1"
}

# What was written until now outlives a power cut.
flush() { sync -f "$place" 2>/dev/null || sync; }

leads_to() { readlink "$1" 2>/dev/null || :; }

# Is every file of a program as it was made?
whole() { (cd "$1" && sha256sum -c SHA256SUMS) >/dev/null 2>&1; }

# Is what stands the very program that was unpacked, whole or not?
same() { cmp -s "$new/cpdesk/SHA256SUMS" "$current/SHA256SUMS"; }

# Takes a folder away in one moment, whatever happens afterwards.
drop() {
    gone=$place/.old-${1##*/}-$$
    mv -T "$1" "$gone"
    rm -rf "$gone"
}

in_use() {
    for exe in /proc/[0-9]*/exe; do
        case $(readlink "$exe" 2>/dev/null || :) in "$1"/*) return 0 ;; esac
    done
    return 1
}

# What former runs left, and programs older than the one before. One that runs at this moment stays until the next time.
sweep() {
    rm -rf "$place"/.new-* "$place"/.old-* "$place"/.home-* "$place"/.cpdesk-link-*
    for one in "$place"/[0-9]*; do
        [ -d "$one" ] || continue
        case ${one##*/} in "$(leads_to "$current")" | "$(leads_to "$previous")") continue ;; esac
        in_use "$one" || drop "$one"
    done
}

room() {
    need=$(gzip -l "$packed" 2>/dev/null | awk 'NR == 2 { print int($2 / 1024) }')
    need=${need:-160000}
    free=$(df -Pk "$place" 2>/dev/null | awk 'NR == 2 { print $4 }')
    [ "$free" -gt $((need + SPARE)) ] || refuse \
        "មិនមានទំហំទំនេរគ្រប់គ្រាន់ទេ៖ ត្រូវការ $(((need + SPARE) / 1024)) MB ក្នុង $place ។ កម្មវិធីចាស់នៅដដែល។" \
        "There is not enough room: $(((need + SPARE) / 1024)) MB are needed in $place. Nothing was changed."
}

# Unpacks into a folder with a name that nobody looks for, and looks whether all of it came whole and starts here.
stage() {
    new=$place/.new-$$
    trap 'rm -rf "$new"' EXIT
    mkdir "$new"
    gzip -dc <"$packed" | tar -xf - -C "$new" || refuse \
        "មិនអាចពន្លាកម្មវិធីបានទេ៖ ឯកសារខូច ឬថាសពេញ។ កម្មវិធីចាស់នៅដដែល។" \
        "The program could not be unpacked: the file is damaged, or the disk is full. Nothing was changed."
    whole "$new/cpdesk" || refuse \
        "ឯកសារកម្មវិធីខូច៖ សូមចម្លងម្តងទៀតពី USB ។ កម្មវិធីចាស់នៅដដែល។" \
        "The program came over damaged: copy it again. Nothing was changed."
    quietly "$new/cpdesk/cpdesk" --version || refuse \
        "កម្មវិធីថ្មីមិនដំណើរការលើកុំព្យូទ័រនេះទេ។ កម្មវិធីចាស់នៅដដែល។" \
        "The new program does not start on this computer. Nothing was changed."
}

install() {
    [ -f "$packed" ] || refuse "រកមិនឃើញ $packed ទេ។" "$packed is not there."
    mkdir -p "$place"
    sweep
    room
    stage
    name=$(cat "$new/cpdesk/VERSION")-$(sha256sum <"$new/cpdesk/SHA256SUMS" | cut -c1-8)
    case $name in [0-9]*) ;; *) refuse "កំណែមិនត្រឹមត្រូវ៖ $name" "That is no version: $name" ;; esac
    before=$(leads_to "$current")
    if same; then again=yes; else again=no; fi
    if [ $again = no ] || ! whole "$current"; then
        while [ -e "$place/$name" ]; do name=${name}x; done
        flush
        mv -T "$new/cpdesk" "$place/$name"
        if [ -n "$before" ] && [ $again = no ]; then turn "$previous" "$before"; fi
        turn "$current" "$name"
        flush
    fi
    settle
    say "កម្មវិធី cpdesk $(cat "$current/VERSION") បានដំឡើងហើយ។ តុការងារ និងការកំណត់នៅដដែល។" \
        "cpdesk $(cat "$current/VERSION") is installed. Desks and settings are as they were."
}

# Double clicks and the command lead to the program that stands now; what is older than the one before goes.
settle() {
    quietly "$current/cpdesk" associate || say \
        "ការចុចពីរដងលើឯកសារមិនទាន់បើកកម្មវិធីទេ៖ សូមបើកវានៅក្នុងការកំណត់។" \
        "A double click does not open the program yet: switch that on in its settings."
    if [ ! -e "$command" ] || [ "$(leads_to "$command")" = "$current/cpdesk" ]; then
        mkdir -p "${command%/*}"
        turn "$command" "$current/cpdesk"
    fi
    sweep
}

back() {
    before=$(leads_to "$previous")
    now=$(leads_to "$current")
    [ -n "$before" ] && [ "$before" != "$now" ] && [ -x "$place/$before/cpdesk" ] || refuse \
        "គ្មានកម្មវិធីមុនទេ។" "There is no program from before."
    turn "$current" "$before"
    turn "$previous" "$now"
    settle
    say "កម្មវិធី cpdesk $(cat "$current/VERSION") ដូចមុនវិញហើយ។" "cpdesk $(cat "$current/VERSION") is back."
}

remove() {
    if [ -x "$current/cpdesk" ]; then quietly "$current/cpdesk" associate --remove || :; fi
    if [ "$(leads_to "$command")" = "$current/cpdesk" ]; then rm -f "$command"; fi
    if [ -d "$place" ]; then
        rm -rf "$share"/.cpdesk-program-*
        mv -T "$place" "$share/.cpdesk-program-$$"
        rm -rf "$share/.cpdesk-program-$$"
    fi
    say "កម្មវិធីត្រូវបានលុប។ តុការងារ ការកំណត់ សោ និងច្បាប់បម្រុងទុកនៅដដែល (${CPDESK_HOME:-$share/cpdesk})។" \
        "The program is gone. Desks, settings, keys and backups stay (${CPDESK_HOME:-$share/cpdesk})."
}

case ${1:-} in
    '') install ;;
    --back) back ;;
    --remove) remove ;;
    *) refuse "ប្រើ៖ sh install.sh [--back | --remove]" "Use: sh install.sh [--back | --remove]" ;;
esac
