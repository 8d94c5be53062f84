# Sourced by `workflow` and `test.sh`, from the root of the repository: restores the probes, and says which parts are left out and why.
probe_optional() {
  local part parts reason
  for part in Orleans Stateless; do
    dotnet restore "eng/optional/$part/$part.Probe.csproj" -v quiet >/dev/null 2>&1
    reason=$(dotnet msbuild "eng/optional/$part/$part.Probe.csproj" -getProperty:"No$part" 2>/dev/null)
    case $part in
      Orleans) parts="Workflow.Grains, Workflow.Silo, samples/PortalBackend and serve --engine orleans" ;;
      Stateless) parts="Workflow.StatelessBridge" ;;
    esac
    [ -z "$reason" ] || echo "Left out: $parts, since $reason"
  done
}
