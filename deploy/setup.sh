#!/usr/bin/env bash
# Makes a checkout ready to run, or with "test" to test: system packages, .venv, front end, fonts.
# Does only what is not done yet, so it may be called before every start; an interrupted run is simply continued.
set -euo pipefail
cd "$(dirname "$0")/.."
goal=${1:-run}
mkdir -p var
exec 9> var/setup.lock
flock 9

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }

# fingerprint FILE_OR_DIRECTORY...: changes when any of the contents does
fingerprint() { find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1; }

# unless_done STAMP FINGERPRINT COMMAND...: runs the command unless the stamp says it was done for these inputs.
# The stamp is away while the command works, so an interrupted one is seen; its last word is passed on, "" at first.
unless_done() {
    local stamp=$1 print=$2 before
    shift 2
    before=$(cat "$stamp" 2>/dev/null || true)
    if [ "$before" != "$print" ]; then
        rm -f "$stamp"
        "$@" "$before"
        printf '%s\n' "$print" > "$stamp"
    fi
}

system_packages() {
    local wanted="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 fonts-noto-cjk" missing="" package as_root=""
    [ "$goal" = test ] && wanted="$wanted chromium poppler-utils clamav-daemon faketime"
    "$python" -c "import ensurepip, venv" 2>/dev/null || wanted="$wanted python3-venv"
    command -v dpkg-query > /dev/null || { say "This is not Debian: see to it that these are installed: $wanted"; return; }
    for package in $wanted; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
    [ -z "$missing" ] && return
    if [ "$(id -u)" != 0 ]; then
        as_root="sudo"
        sudo -n true 2>/dev/null || give_up "Packages of the system are missing. Install them and start again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
    fi
    say "Installing$missing"
    # shellcheck disable=SC2086
    {
        $as_root apt-get -qq update &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing
    } > var/setup-apt.log 2>&1 || { tail -n 5 var/setup-apt.log >&2; give_up "apt-get could not install$missing"; }
}

python_packages() {
    say "Installing the Python packages into .venv"
    # What an interrupted start left behind is not mended but made anew.
    { [ -n "$1" ] && .venv/bin/python -m pip --version > /dev/null 2>&1; } || "$python" -m venv --clear .venv
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
    # Compiled now, every process of the portal starts in a third of the time.
    .venv/bin/uv pip sync -q --compile-bytecode --python .venv/bin/python --require-hashes requirements/uv.txt requirements/base.txt requirements/dev.txt
}

node_packages() {
    local version
    version=$(node --version 2>/dev/null || true)
    version=${version#v}
    [ "${version%%.*}" -ge 20 ] 2>/dev/null || give_up "Node.js 20 or newer, with npm, is needed to compile the front end${version:+; this is $version}."
    say "Installing the front-end packages into node_modules"
    npm ci --silent --no-audit --no-fund
}

styles() {
    say "Compiling styles and script"
    npm run --silent build
}

static_files() {
    say "Collecting static files"
    .venv/bin/python manage.py collectstatic --noinput --clear --verbosity 0
}

# A FangSong face for official papers (GB/T 9704). It comes in a large Debian package; papers fall back to Noto without it.
fandol_fonts() {
    local work=var/fonts.new
    say "Fetching the Fandol fonts for official papers"
    rm -rf "$work"
    mkdir -p "$work/faces"
    if (cd "$work" && apt-get -qq download texlive-lang-chinese && dpkg-deb -x ./*.deb .) > /dev/null 2>&1; then
        find "$work/usr" -name 'Fandol[FHKS]*.otf' -exec mv {} "$work/faces" \;
        rm -rf var/fonts
        mv "$work/faces" var/fonts
    else
        say "The Fandol fonts cannot be fetched: papers will be set in Noto instead of FangSong."
    fi
    rm -rf "$work"
}

python=$(command -v python3.11 || command -v python3) || give_up "Python 3.11 or newer is needed."
"$python" -c "import sys; sys.exit(sys.version_info < (3, 11))" || give_up "Python 3.11 or newer is needed; this is $("$python" --version)."

system_packages
unless_done .venv/.done "$(fingerprint requirements/*.txt) $("$python" -c "import sys; print(sys.version)")" python_packages
unless_done node_modules/.done "$(fingerprint package-lock.json .npmrc)" node_packages
unless_done static/dist/.done "$(fingerprint package-lock.json package.json static/scss static/js)" styles
ls var/fonts/FandolFang*.otf > /dev/null 2>&1 || fandol_fonts
unless_done var/static/.done "$(fingerprint requirements/base.txt static)" static_files
