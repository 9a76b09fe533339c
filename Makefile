# What a machine needs to run, test and pack cpdesk. `make` alone is `make run`.
# Asks for nothing but Python 3.11, pip and, on Debian and its kin, apt. Whatever is there already is left alone,
# so that the second call starts at once and needs no network.

PYTHON ?= python3
DEMO   ?= demo
ARGS   ?=
SHELL  := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.PHONY: run test lint lock bundle bundle-twice handout bare pictures sheets peers bench-merging faults advisories clean

BIN   := .venv/bin
UV    := .tools/bin/uv
READY := .venv/.ready
CATALOGUES := $(wildcard translations/km/*.po)

export UV_SYSTEM_CERTS := 1
export UV_NO_PROGRESS := 1
export PIP_ROOT_USER_ACTION := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Debian marks its Python as managed by apt. Nothing of Debian's is touched: all goes to .tools and .venv.
export PIP_BREAK_SYSTEM_PACKAGES := 1

# What Qt opens when it starts: the shared library, and the Debian package that brings it.
OFFSCREEN := libEGL.so.1=libegl1 libGL.so.1=libgl1 libglib-2.0.so.0=libglib2.0-0 libfontconfig.so.1=libfontconfig1 \
  libdbus-1.so.3=libdbus-1-3 libxkbcommon.so.0=libxkbcommon0
WINDOW := $(OFFSCREEN) libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-cursor.so.0=libxcb-cursor0 \
  libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0 \
  libxcb-xkb.so.1=libxcb-xkb1 libX11-xcb.so.1=libx11-xcb1 \
  libwayland-cursor.so.0=libwayland-cursor0 libwayland-egl.so.1=libwayland-egl1

define LACKING
import ctypes, sys
def lacks(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return True
print(*(package for name, package in (pair.split("=") for pair in sys.argv[1:]) if lacks(name)))
endef
export LACKING

# $(call system,LIBRARIES): installs those that cannot be opened here, asks for nothing when all are there.
system = missing=$$($(PYTHON) -c "$$LACKING" $(1)); $(install_missing)

# $(install_missing): apt installs what $missing names, if it names anything.
define install_missing
if [ -n "$$missing" ]; then \
  echo "This system lacks: $$missing"; \
  if ! command -v apt-get >/dev/null; then echo "Please install what brings it, then try again."; exit 1; fi; \
  as_root=; \
  if [ "$$(id -u)" != 0 ]; then \
    if ! command -v sudo >/dev/null; then echo "As root: apt-get install $$missing"; exit 1; fi; \
    as_root=sudo; \
  fi; \
  install="$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing"; \
  $$install </dev/null >/dev/null 2>&1 || { $$as_root apt-get update -qq; $$install </dev/null >/dev/null; }; \
fi
endef

# The window where there is a screen; else the story of a real meeting, built without one.
run: $(READY) translations/km.mo
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  $(call system,$(WINDOW)); \
	  exec $(BIN)/cpdesk $(ARGS); \
	fi; \
	if [ ! -e "$(DEMO)" ]; then \
	  $(BIN)/cpdesk demo "$(DEMO)" || { rm -rf "$(DEMO)"; exit 1; }; \
	fi; \
	echo "No screen here. The demo story (desks, packages, PDFs) lies in $$(realpath "$(DEMO)")"; \
	echo "គ្មានអេក្រង់ទេ។ រឿងគំរូស្ថិតនៅ $$(realpath "$(DEMO)")"

test: $(READY) translations/km.mo
	@$(call system,$(OFFSCREEN))
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/python -m mypy --strict cpdesk ui

# After a change of the dependencies in pyproject.toml.
lock: $(UV)
	$(UV) pip compile pyproject.toml --group dev --generate-hashes --universal --no-emit-index-url -q -o requirements.lock
	$(UV) pip compile pyproject.toml --group bundle -c requirements.lock --generate-hashes --universal \
	  --no-emit-index-url --no-emit-package pip -q -o requirements-bundle.lock
	$(UV) pip compile --group pyproject.toml:bench -c requirements.lock --generate-hashes --universal \
	  --no-emit-index-url -q -o requirements-bench.lock

# The program as one folder that needs neither Python nor a network: dist/cpdesk, with a venv of its own, in which there
# is nothing but what the program needs and what packs it. The first of these that is there with a shared library is
# packed: before 3.11.8 and 3.12.2 Python's zipfile believes overlapping members, and 3.11 aborts where Qt raises in C.
pyenv = $(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/$(1).*/bin/python3)
BUNDLE_PYTHON ?= python3.13 $(call pyenv,3.13) python3.12 $(call pyenv,3.12) $(PYTHON)
PACK := .venv-bundle/bin/python
# Two builds of the same sources are the same: no dates but theirs, no order by chance.
STEADY = SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 1767225600) PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1

bundle: .venv-bundle/.ready translations/km.mo
	@$(call system,$(WINDOW))
	@missing=$$(command -v objdump >/dev/null || echo binutils); $(install_missing)
	$(STEADY) $(PACK) -m PyInstaller --noconfirm --clean --log-level WARN build.spec
	@QT_QPA_PLATFORM=offscreen dist/cpdesk/cpdesk --self-test

# Packs it a second time, elsewhere, and names every file that differs.
bundle-twice: bundle
	rm -rf build/again && mkdir -p build/again
	tar --exclude=./build --exclude=./dist --exclude='./.*' --exclude=__pycache__ -cf - . | tar -xmf - -C build/again
	cd build/again && export $$(cd ../.. && echo $(STEADY)) && \
	  ../../$(PACK) -m PyInstaller --noconfirm --clean --log-level ERROR build.spec
	$(PACK) -m resources.packaging.compare dist/cpdesk build/again/dist/cpdesk

# What is carried to an office with Linux: dist/cpdesk-VERSION-linux-MACHINE.tar
handout: bundle
	$(STEADY) $(PACK) -m resources.packaging.handout dist/cpdesk

# The bundle in a root with libc and a screen's libraries alone, no Python and no network. As root, with debootstrap.
bare: bundle
	$(PYTHON) -m tests.bundle.bare dist/cpdesk $(ARGS)

.venv-bundle/.ready: requirements-bundle.lock | $(UV)
	@python=; for one in $(BUNDLE_PYTHON); do \
	  if $$one -c 'import sys, sysconfig; sys.exit(not sysconfig.get_config_var("Py_ENABLE_SHARED"))' 2>/dev/null; then \
	    python=$$($$one -c 'import sys; print(sys.executable)'); break; fi; done; \
	if [ -z "$$python" ]; then echo "No Python with a shared library here: $(BUNDLE_PYTHON)"; exit 1; fi; \
	missing=$$($$python -c "$$LACKING" $$($$python -c 'import sys, sysconfig; v = "3.%d" % sys.version_info[1]; \
	print(f"libpython{v}.so.1.0=libpython{v}" if sys.base_prefix == "/usr" else "")')); $(install_missing); \
	index=$$($(PYTHON) -m pip config get global.index-url 2>/dev/null || true); index=$${PIP_INDEX_URL:-$$index}; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$index}"; fi; \
	echo "Packed with $$python"; \
	$(PACK) -c '' 2>/dev/null || $(UV) venv -q --clear --no-python-downloads --python "$$python" .venv-bundle; \
	$(UV) pip sync -q --python $(PACK) --require-hashes requirements-bundle.lock
	@touch $@

# The pictures of README and help, taken anew from the real window.
pictures: $(READY) translations/km.mo
	@$(call system,$(OFFSCREEN))
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.help_pictures
	@folder=$$(mktemp -d); QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures "$$folder"; \
	for name in exchange figures meeting progress; do cp "$$folder/$$name-km.png" resources/pictures/; done; \
	cp "$$folder/plan-matrix-km.png" resources/pictures/plan-km.png; rm -rf "$$folder"

# The contact sheets of the window, which the tests compare it with: look them over before they are kept.
sheets: $(READY) translations/km.mo
	@$(call system,$(OFFSCREEN))
	$(BIN)/python -m tests.ui.contact $(ARGS)

# Kills, disk errors and power cuts at file operations. Every one there is, some hours: make faults ARGS='--count 0'
faults: $(READY) translations/km.mo
	@missing=$$(command -v cc >/dev/null || echo gcc libc6-dev); $(install_missing)
	nice $(BIN)/python -m tests.faults $(ARGS)

# Known vulnerabilities of what is locked, from a list that was brought here: make advisories DATA=all.zip
advisories: $(READY)
	@$(BIN)/python -m tests.house.advisories $(if $(DATA),--data "$(DATA)") $(ARGS)

# What cpdesk is measured beside lives in a venv of its own.
.venv-bench/.ready: requirements-bench.lock | $(READY)
	@index=$$($(PYTHON) -m pip config get global.index-url 2>/dev/null || true); index=$${PIP_INDEX_URL:-$$index}; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$index}"; fi; \
	test -x .venv-bench/bin/python || $(UV) venv -q --no-python-downloads --python $(BIN)/python .venv-bench; \
	$(UV) pip sync -q --python .venv-bench/bin/python --require-hashes requirements-bench.lock
	@touch $@

# Paper beside Typst and WeasyPrint, beside ReportLab's own paragraphs and Qt.
peers: $(READY) translations/km.mo .venv-bench/.ready
	@$(call system,$(OFFSCREEN) libpango-1.0.so.0=libpango-1.0-0 libpangoft2-1.0.so.0=libpangoft2-1.0-0 libharfbuzz-subset.so.0=libharfbuzz-subset0)
	@missing=$$(command -v pdftotext >/dev/null || echo poppler-utils); $(install_missing)
	$(BIN)/python -m tests.bench paper $(ARGS)

# The merge beside SQLite's sessions, Loro and pycrdt. Ten million changes: make bench-merging ARGS='--ops 10000000'
bench-merging: $(READY) translations/km.mo .venv-bench/.ready
	$(BIN)/python -m tests.bench merging $(ARGS)

clean:
	rm -rf .venv .venv-bench .venv-bundle .tools .mypy_cache .ruff_cache .pytest_cache build dist translations/km.mo

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "cpdesk needs Python 3.11 or newer")'
	@missing=$$($(PYTHON) -c 'import pip' 2>/dev/null || echo python3-pip); $(install_missing)
	$(PYTHON) -m pip install -q --upgrade --target .tools 'uv>=0.13,<1'
	@touch $@

# The project itself is a line in a .pth file and a launcher beside the interpreter, both relative: nothing is built,
# nothing is downloaded for it, and the folder can be moved. An index set up for pip holds for uv too; where uv cannot
# reach it, pip installs the same locked and hashed files. A change of the lock file changes what differs, no more.
$(READY): requirements.lock | $(UV)
	@index=$$($(PYTHON) -m pip config get global.index-url 2>/dev/null || true); \
	index=$${PIP_INDEX_URL:-$$index}; \
	if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$index}"; fi; \
	$(BIN)/python -c '' 2>/dev/null || $(UV) venv -q --clear --no-python-downloads --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv; \
	$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements.lock \
	  || $(PYTHON) -m pip --python $(BIN)/python install -q --require-hashes -r requirements.lock
	@echo '../../../..' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/cpdesk.pth"
	@printf '#!/bin/sh\nexec "$$(dirname "$$(readlink -f "$$0")")/python" -m cpdesk "$$@"\n' > $(BIN)/cpdesk
	@chmod +x $(BIN)/cpdesk
	@touch $@

# One catalogue, read faster than the sources; rewritten as soon as one of them is newer.
translations/km.mo: $(CATALOGUES) cpdesk/i18n.py | $(READY)
	@mkdir -p translations
	@$(BIN)/python -c 'from pathlib import Path; from cpdesk.i18n import compile_catalogue; \
	Path("$@").write_bytes(compile_catalogue(Path("translations/km")))'
