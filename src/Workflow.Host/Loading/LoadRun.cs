using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;

namespace Workflow.Host.Loading;

/// <summary>Gives commands to an engine from many callers, each of which waits for one answer before it gives the next.</summary>
/// <remarks>Every caller has dossiers of its own and goes through them in turn, so that no two wait for each other.</remarks>
internal sealed class LoadRun(IDossierEngine engine, TimeProvider clock, string run)
{
    // About as much as a dossier of a land office says, so that a snapshot has 1 KB.
    private const string Subject = "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu, thửa số 217, tờ bản đồ số 35, diện tích 412,5 m², mục đích sử dụng đất ở tại nông thôn";

    /// <summary>The procedure of the dossiers: work that can go on for ever. The first version said nothing of its subject.</summary>
    public static Procedure Procedure { get; } = new ProcedureBuilder("load", 2)
        .Named("Hồ sơ đo tải", "Dossiers of the load command")
        .Document("form", "Đơn đăng ký", "Application")
        .Field("subject", FieldType.Text)
        .Configured("open", s => s.Permit("work", "working").Permit("close", "closed"))
        .Configured("working", s => s.Permit("rest", "open").Permit("close", "closed"))
        .Configured("closed", s => s.AsFinal())
        .Build();

    private Latencies _latencies = new();
    private bool[] _working = [];
    private int _runs;
    private long _accepted;
    private long _rejected;
    private long _busy;

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Rejected => Interlocked.Read(ref _rejected);

    public long Busy => Interlocked.Read(ref _busy);

    /// <summary>How long the callers gave commands.</summary>
    public TimeSpan Elapsed { get; private set; }

    public double Percentile(double share) => _latencies.Percentile(share);

    /// <summary>Submits the dossiers.</summary>
    /// <exception cref="LoadRefusedException">The engine refuses one.</exception>
    public async Task<DossierCode[]> PrepareAsync(int dossiers, string unit, Action<long> progress, CancellationToken cancellationToken)
    {
        var codes = new DossierCode[dossiers];
        _working = new bool[dossiers];
        var done = 0;
        await Parallel.ForAsync(0, dossiers, new ParallelOptions { MaxDegreeOfParallelism = 512, CancellationToken = cancellationToken }, async (i, ct) =>
        {
            var request = new CommandRequest(new CommandId($"{run}-submit-{i}"), new Actor("load", [], unit));
            codes[i] = await engine.SubmitAsync(Submission(unit), request, ct).ConfigureAwait(false) switch
            {
                CommandResult.Accepted accepted => accepted.Code,
                var other => throw new LoadRefusedException(other is CommandResult.Rejected refused ? refused.Unmet[0].ToString() : "the engine is busy"),
            };
            progress(Interlocked.Increment(ref done));
        }).ConfigureAwait(false);
        return codes;
    }

    /// <summary>Gives commands, and counts anew. One run at a time.</summary>
    /// <param name="codes">The dossiers that were submitted.</param>
    /// <param name="callers">How many callers; each waits for its answer.</param>
    /// <param name="time">For how long.</param>
    /// <param name="rate">
    /// How many commands a second are to be given, whatever the answers take; null for as many as the callers get answers. Latencies then count from the
    /// moment at which a command was to be given, so that a command which its caller had no time for is not left out.
    /// </param>
    /// <param name="progress">Told how many were accepted.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(DossierCode[] codes, int callers, TimeSpan time, double? rate, Action<long> progress, CancellationToken cancellationToken)
    {
        var number = ++_runs;
        (_latencies, _accepted, _rejected, _busy) = (new Latencies(), 0, 0, 0);
        var started = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller), cancellationToken))).ConfigureAwait(false);
        Elapsed = clock.GetElapsedTime(started);

        async Task CallAsync(int caller)
        {
            var mine = Enumerable.Range(0, codes.Length).Where(i => i % callers == caller).ToArray();
            var actor = new Actor($"load-{caller}", [], null);
            for (var given = 0; clock.GetElapsedTime(started) < time; given++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var planned = rate is null ? (TimeSpan?)null : TimeSpan.FromSeconds(((double)given * callers + caller) / rate.Value);
                if (planned >= time)
                {
                    return;
                }

                await UntilAsync(planned).ConfigureAwait(false);
                var dossier = mine[given % mine.Length];
                var command = new FireTrigger(_working[dossier] ? "rest" : "work");
                var before = clock.GetElapsedTime(started);
                var request = new CommandRequest(new CommandId($"{run}-{number}-{caller}-{given}"), actor);
                var result = await engine.ExecuteAsync(codes[dossier], command, request, cancellationToken).ConfigureAwait(false);
                if (result is CommandResult.Busy busy)
                {
                    Interlocked.Increment(ref _busy);
                    await Task.Delay(busy.RetryAfter, cancellationToken).ConfigureAwait(false);
                    given--;
                    continue;
                }

                _working[dossier] ^= result is CommandResult.Accepted;
                Interlocked.Increment(ref result is CommandResult.Accepted ? ref _accepted : ref _rejected);
                _latencies.Add(clock.GetElapsedTime(started) - (planned ?? before));
                progress(Accepted);
            }
        }

        async ValueTask UntilAsync(TimeSpan? planned)
        {
            var early = (planned ?? TimeSpan.Zero) - clock.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static SubmitDossier Submission(string unit) => new(Procedure.Code, unit)
    {
        Applicant = new Applicant("Nguyễn Thị Minh Khai") { IdNumber = "017190001234", Address = "Tổ 4, khu 2, thị trấn Mãn Đức, huyện Tân Lạc, tỉnh Hòa Bình", Phone = "0912345678" },
        Documents = [new SubmittedDocument("form", 1)],
        Fields = [new FieldValue("subject", Subject)],
    };
}

/// <summary>A dossier that the load needs was refused.</summary>
internal sealed class LoadRefusedException(string why) : Exception(why);

/// <summary>Lets the procedure above be one expression.</summary>
internal static class ProcedureBuilding
{
    public static ProcedureBuilder Configured(this ProcedureBuilder builder, string state, Action<StateBuilder> configure)
    {
        configure(builder.Configure(state));
        return builder;
    }
}
