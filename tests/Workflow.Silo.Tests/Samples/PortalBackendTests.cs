using System.Net;

namespace Workflow.Silo.Tests.Samples;

/// <summary>The sample as a process of its own before a silo, used by its pages alone.</summary>
public sealed class PortalBackendTests(PortalBackendTests.Portal portal) : IClassFixture<PortalBackendTests.Portal>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Citizen_SubmitsOnceAndWithdraws()
    {
        using var citizen = NewCitizen();
        var form = Registration(IdOf(await citizen.GetStringAsync("/", Ct)));

        using var submitted = await PostAsync(citizen, "/dossiers", form);
        using var again = await PostAsync(citizen, "/dossiers", form);
        var path = submitted.RequestMessage!.RequestUri!.AbsolutePath;

        Assert.Matches("^/dossiers/000\\.01\\.30\\.H28-201106-\\d{4}$", path);
        Assert.Equal(path, again.RequestMessage!.RequestUri!.AbsolutePath);
        var page = await submitted.Content.ReadAsStringAsync(Ct);
        Assert.Contains("State: <b>submitted</b>, version 1", page, StringComparison.Ordinal);
        Assert.Contains("value=\"withdraw\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"accept\"", page, StringComparison.Ordinal);

        using var withdrawn = await PostAsync(citizen, path, Action(IdOf(page), "1"));
        using var repeated = await PostAsync(citizen, path, Action(IdOf(page), "1"));
        using var outdated = await PostAsync(citizen, path, Action("another", "1"));

        Assert.Contains("State: <b>withdrawn</b>, version 2", await withdrawn.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, outdated.StatusCode);
    }

    [Fact]
    public async Task Form_ThatIsIncomplete_IsRefusedByWhatIsMissing()
    {
        using var citizen = NewCitizen();

        using var refused = await PostAsync(citizen, "/dossiers", Registration("1", child: null));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("child-name", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dossier_OfAnotherPerson_IsNotShown()
    {
        using var citizen = NewCitizen();
        using var stranger = NewCitizen();
        using var submitted = await PostAsync(citizen, "/dossiers", Registration("1"));

        using var seen = await stranger.GetAsync(submitted.RequestMessage!.RequestUri, Ct);

        Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
    }

    [Fact]
    public async Task Id_OfAnotherForm_IsRefused()
    {
        using var citizen = NewCitizen();
        using var first = await PostAsync(citizen, "/dossiers", Registration("1"));

        using var other = await PostAsync(citizen, "/dossiers", Registration("1", child: "Bùi Thị Bình"));

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    private HttpClient NewCitizen() => new() { BaseAddress = portal.Address };

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, Dictionary<string, string> form) =>
        client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form), Ct);

    private static Dictionary<string, string> Registration(string id, string? child = "Bùi Văn An") => new()
    {
        ["id"] = id, ["applicant"] = "Bùi Thị Mai", ["child"] = child ?? string.Empty, ["born"] = "2020-11-01", ["unit"] = "000.01.30.H28",
    };

    private static Dictionary<string, string> Action(string id, string version) => new() { ["id"] = id, ["version"] = version, ["trigger"] = "withdraw" };

    private static string IdOf(string page) => page.Split("name=\"id\" value=\"", 2)[1].Split('"', 2)[0];

    /// <summary>One silo and one back end for all tests.</summary>
    public sealed class Portal : IAsyncLifetime
    {
        private CatalogueSilo? _silo;
        private SampleProcess? _sample;

        public Uri Address => _sample!.Address;

        public async ValueTask InitializeAsync()
        {
            _silo = await CatalogueSilo.StartAsync();
            _sample = await SampleProcess.StartAsync("PortalBackend", ("ConnectionStrings__Workflow", _silo.ConnectionString));
        }

        public async ValueTask DisposeAsync()
        {
            if (_sample is not null)
            {
                await _sample.DisposeAsync();
            }

            if (_silo is not null)
            {
                await _silo.DisposeAsync();
            }
        }
    }
}
