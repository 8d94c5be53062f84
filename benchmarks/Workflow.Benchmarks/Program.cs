using BenchmarkDotNet.Running;
using Workflow.Benchmarks.Growth;
using Workflow.Benchmarks.Postgres;
using Workflow.Benchmarks.Subscribers;

if (args is ["postgres", ..])
{
    return await PostgresComparison.RunAsync(args[1..]);
}

if (args is ["timers", .. var rest])
{
    return await TimersBesideCommands.RunAsync(rest);
}

if (args is ["growth", ..])
{
    return await GrowthRun.RunAsync(GrowthOptions.Read(args[1..]));
}

if (args is ["subscribers", ..])
{
    return await SubscribersBesideCommands.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
