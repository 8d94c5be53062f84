using BenchmarkDotNet.Running;
using Workflow.Benchmarks.Postgres;

if (args is ["postgres", ..])
{
    return await PostgresComparison.RunAsync(args[1..]);
}

if (args is ["timers", .. var rest])
{
    return await TimersBesideCommands.RunAsync(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
