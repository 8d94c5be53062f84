using BenchmarkDotNet.Running;
#if ORLEANS
using Workflow.Benchmarks.Grains;
#endif
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

if (args is ["orleans", ..])
{
#if ORLEANS
    return await GrainComparison.RunAsync(args[1..]);
#else
    await Console.Error.WriteLineAsync("orleans: the packages Microsoft.Orleans.* were not to be had when this was built: see the README");
    return 2;
#endif
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
