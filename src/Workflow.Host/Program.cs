using System.Runtime.InteropServices;
using Workflow.Host.Terminal;

using var stop = new CancellationTokenSource();

// The first signal asks; a second one, while the first is still being obeyed, ends the process as it always would.
void Ask(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
return await CommandLine.RunAsync(args, HostEnvironment.OfProcess(), stop.Token).ConfigureAwait(false);
