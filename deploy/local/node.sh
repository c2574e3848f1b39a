# Functions for bootstrap.sh: what pages load beside themselves, as package-lock.json has it, in
# node_modules. To be sourced, after machine.sh, in the checkout.
# npm takes the packages from wherever the user's own npm configuration says.

node_stamp=node_modules/.jiandu-installed   # what is installed, written last

node_wanted() { cat package.json package-lock.json .npmrc | sha256sum; }

# `npm ci` empties node_modules first, so a stamp in it is of a run that came to its end.
node_is_installed() { [ "$(cat "$node_stamp" 2> /dev/null)" = "$(node_wanted)" ]; }

node_is_recent() {
    node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2> /dev/null
}

ensure_node() {
    if ! command -v node > /dev/null || ! command -v npm > /dev/null; then
        apt_install "Node.js 18 or later with npm is not installed." nodejs npm
    fi
    node_is_recent || fail "This system's Node.js is older than 18: install Node.js 18 or later" \
        "with npm, so that node and npm are on PATH, and run this again."
}

install_node_packages() {
    ensure_node
    say "Installing the locked packages of the portal's pages with npm."
    npm ci --no-progress --loglevel=error ||
        fail "npm could not install the locked packages: see its message above. If no registry can" \
            "be reached, set one in your npm configuration (npm config set registry ...) or" \
            "NPM_CONFIG_REGISTRY, and run this again."
    node_wanted > "$node_stamp"
}
