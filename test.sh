#!/usr/bin/env bash
# Builds the solution in Release (warnings are errors) and runs every test. The last line is the sum: N passed, N failed, N skipped.
#   --long   also runs the long tests (WORKFLOW_LONG=1)
# Tests of the PostgreSQL store start servers of their own, never a system cluster; where the programs are missing, the Debian package is installed if that may be done.
# Under CI=true a skipped test is a failure, unless its reason names optional packages or the event logs of ../shared/data.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 2

long=
for argument in "$@"; do
  case $argument in
    --long) long=1 ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "test.sh: unknown option '$argument': use --long or nothing" >&2; exit 2 ;;
  esac
done

if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "test.sh: the .NET 10 SDK is missing: install it (https://dot.net)" >&2
  exit 2
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
if [ -n "$long" ]; then
  export WORKFLOW_LONG=1
  echo "--long adds: 200 kills of an embedded host and 200 of two hosts on PostgreSQL (1,000,000 commands) instead of 4, twenty times the restarts, cut connections and jumps of clocks, twenty times the generated commands, calendars, transition tables and procedure files, and the sample published trimmed and native."
fi

# PostgreSQL 15 or newer for the tests that need it: initdb and pg_ctl of the distribution's folders or the PATH, or a server that WORKFLOW_TEST_POSTGRES names.
has_postgres() {
  [ -z "${WORKFLOW_TEST_POSTGRES:-}" ] || return 0
  local tool
  for tool in /usr/lib/postgresql/*/bin/pg_ctl "$(command -v pg_ctl 2>/dev/null)"; do
    [ -x "$tool" ] && [ -x "${tool%pg_ctl}initdb" ] && [ "$("$tool" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')" -ge 15 ] && return 0
  done
  return 1
}

# The package alone: no system cluster is made or started.
install_postgres() {
  local root=() clusters=/etc/postgresql-common/createcluster.conf
  command -v apt-get >/dev/null 2>&1 || return 1
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    root=(sudo -n)
  fi
  echo "Installing the package postgresql for the tests that start a server of their own ..."
  if [ ! -e "$clusters" ]; then
    "${root[@]}" mkdir -p "${clusters%/*}" && echo "create_main_cluster = false" | "${root[@]}" tee "$clusters" >/dev/null || return 1
  fi
  local log
  log=$(mktemp)
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 sh -c 'apt-get -q update; apt-get -q install -y --no-install-recommends postgresql' >"$log" 2>&1 || tail -3 "$log" >&2
  rm -f "$log"
}

if ! has_postgres && ! { install_postgres && has_postgres; }; then
  echo "test.sh: PostgreSQL 15 or newer is missing: install the package postgresql, or name a server in WORKFLOW_TEST_POSTGRES" >&2
  [ "${CI:-}" != true ] || exit 2
  echo "test.sh: the tests that need it are skipped" >&2
fi

# What the package source does not carry is left out, and said in one line each.
. eng/optional/probe.sh
probe_optional

# Tests find their fixtures by the paths of their sources, which a build for packages replaces by neutral ones.
echo "Building ..."
dotnet build Workflow.sln -c Release -v quiet -nologo -warnaserror -nodeReuse:false -p:UseSharedCompilation=false -p:ContinuousIntegrationBuild=false || exit 1

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet test Workflow.sln -c Release --no-build -nologo -nodeReuse:false --logger trx --results-directory "$results"
status=$?

# One counter line and one line per skipped test of each project's results.
passed=0 failed=0 skipped=0 projects=0 unexcused=0
for trx in "$results"/*.trx; do
  [ -f "$trx" ] || continue
  projects=$((projects + 1))
  counters=$(grep -o '<Counters [^>]*>' "$trx" | head -1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  total=$(count total) executed=$(count executed) ok=$(count passed)
  passed=$((passed + ok))
  failed=$((failed + executed - ok))
  skipped=$((skipped + total - executed))
  while IFS= read -r reason; do
    [ -n "$reason" ] || continue
    echo "skipped: $reason"
    [[ $reason == *"optional package"* || $reason == *"shared/data"* ]] || unexcused=$((unexcused + 1))
  done < <(awk -v RS='</UnitTestResult>' '/outcome="NotExecuted"/ {
      name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name)
      why = "no reason given"
      if ($0 ~ /<Message>/) { why = $0; sub(/.*<Message>/, "", why); sub(/<\/Message>.*/, "", why) }
      else if ($0 ~ /<StdOut>/) { why = $0; sub(/.*<StdOut>/, "", why); sub(/<\/StdOut>.*/, "", why) }
      gsub(/[\r\n]+/, " ", why)
      print name ": " why }' "$trx")
done

if [ "$projects" -eq 0 ]; then
  echo "test.sh: no test project ran: see the output above" >&2
  status=1
fi

if [ "${CI:-}" = true ] && [ "$unexcused" -gt 0 ]; then
  echo "test.sh: $unexcused skipped tests, and under CI none may be skipped but for optional packages or missing event logs" >&2
  [ "$status" -ne 0 ] || status=1
fi

[ "$failed" -eq 0 ] || [ "$status" -ne 0 ] || status=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
