using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;
using Workflow.Grains.Reception;

namespace Workflow.Grains.Tests.Dossiers;

/// <summary>A grain factory whose grains answer as the test says, and a note of what was asked.</summary>
internal sealed class Grains : IDossierGrain, IReceptionGrain
{
    public List<(string Key, object? Call)> Asked { get; } = [];

    public Func<int, CommandAnswer> Answer { get; set; } = _ => throw new InvalidOperationException("not asked for");

    public IGrainFactory Factory()
    {
        var factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)(object)factory).Grains = this;
        return factory;
    }

    public async ValueTask<CommandAnswer> ExecuteAsync(DossierCall call) => await AnswerAsync(call);

    public async ValueTask<CommandAnswer> SubmitAsync(SubmissionCall call) => await AnswerAsync(call);

    public async ValueTask<DossierAnswer> FindAsync() => new(null, (await AnswerAsync(null)).Fault);

    public async ValueTask<PermittedAnswer> PermittedAsync(PermittedCall call) => new(null, (await AnswerAsync(call)).Fault);

    public async ValueTask<HistoryAnswer> HistoryAsync(HistoryCall call) => new([], (await AnswerAsync(call)).Fault);

    private string Key { get; set; } = string.Empty;

    private async Task<CommandAnswer> AnswerAsync(object? call)
    {
        Asked.Add((Key, call));
        await Task.Yield();
        return Answer(Asked.Count);
    }

    [SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
    [SuppressMessage("Design", "MA0053", Justification = "DispatchProxy derives from it.")]
    public class FactoryProxy : DispatchProxy
    {
        internal Grains Grains { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Grains.Key = (string)args![0]!;
            return Grains;
        }
    }
}

/// <summary>A clock on which every rest is over at once, having taken its time.</summary>
internal sealed class QuickTime : TimeProvider
{
    private long _ticks;

    public TimeSpan Passed => new(Volatile.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _ticks, Math.Max(0, dueTime.Ticks));
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Over();
    }

    private sealed class Over : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
