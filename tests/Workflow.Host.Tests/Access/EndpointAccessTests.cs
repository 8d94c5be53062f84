using Workflow.Host.Api;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Access;

/// <summary>Every endpoint of the table, called by every kind of person: the rule of the table holds, and nobody reaches what is others'.</summary>
public sealed class EndpointAccessTests(EndpointAccessTests.Office shared) : IClassFixture<EndpointAccessTests.Office>
{
    /// <summary>What is sent to each endpoint of the table by somebody who may call it.</summary>
    private static readonly Dictionary<string, Sample> s_samples = new(StringComparer.Ordinal)
    {
        ["submitDossier"] = new("/v1/dossiers", new { procedure = "1.001193", receivingUnit = ServedOffice.Commune, channel = "online", applicant = new { name = "A" }, fields = new Dictionary<string, string> { ["child-name"] = "B" } }),
        ["getDossier"] = new("/v1/dossiers/{code}"),
        ["getPermitted"] = new("/v1/dossiers/{code}/permitted"),
        ["getHistory"] = new("/v1/dossiers/{code}/history"),
        ["getSlips"] = new("/v1/dossiers/{code}/slips"),
        ["getSlip"] = new("/v1/dossiers/{code}/slips/01") { NeedsReceipt = true },
        ["streamChanges"] = new("/v1/changes?wait=false"),
        ["fireTrigger"] = new("/v1/dossiers/{code}/triggers/accept", new { }) { OwnerPath = "/v1/dossiers/{code}/triggers/withdraw" },
        ["attachDocuments"] = new("/v1/dossiers/{code}/documents", new { documents = new[] { new { code = "identity", copies = 1 } } }),
        ["recordPayment"] = new("/v1/dossiers/{code}/payments", new { amount = 1000, method = "cash" }),
        ["assignDossier"] = new("/v1/dossiers/{code}/assignment", new { officer = "mai" }),
        ["reappointDossier"] = new("/v1/dossiers/{code}/reappointment", new { newDue = "2020-12-30T10:00:00+07:00", reason = "late", apologyDocument = "12/XL" }) { IsRefusedByLaw = true },
        ["getWorkList"] = new($"/v1/work-list?unit={ServedOffice.Commune}"),
        ["getProcedures"] = new("/v1/procedures"),
        ["getProcedure"] = new("/v1/procedures/1.001193"),
        ["getUnits"] = new("/v1/units"),
        ["lookUpDossier"] = new("/v1/look-up/{code}"),
        ["getOpenApi"] = new("/openapi/v1.json"),
        ["getLive"] = new("/health/live"),
        ["getReady"] = new("/health/ready"),
    };

    public static TheoryData<string, Kind> EveryEndpointAndKind()
    {
        var data = new TheoryData<string, Kind>();
        foreach (var endpoint in ApiTable.All)
        {
            foreach (var kind in Enum.GetValues<Kind>())
            {
                data.Add(endpoint.Name, kind);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryEndpointAndKind))]
    public async Task Endpoint_CalledByAKindOfPerson_AnswersByItsRule(string name, Kind kind)
    {
        var endpoint = ApiTable.All.Single(e => e.Name == name);
        Assert.True(s_samples.TryGetValue(name, out var sample), $"The endpoint {name} is new: say here what is sent to it, so that it is tested who may call it.");
        var served = shared.Served;
        var owner = shared.Token(Kind.Owner)!;
        var hasCode = endpoint.Pattern.Contains("{code}", StringComparison.Ordinal);
        var code = hasCode ? await served.SubmittedAsync(owner, $"{name}-{kind}") : string.Empty;
        var path = (kind == Kind.Owner ? sample.OwnerPath ?? sample.Path : sample.Path).Replace("{code}", code, StringComparison.Ordinal);
        if (sample.NeedsReceipt)
        {
            Assert.Equal(200, (await served.FireAsync(shared.Token(Kind.Officer)!, $"{name}-{kind}-accept", code, "accept")).Status);
        }

        List<(string, string)> headers = [];
        if (endpoint.IsCommand)
        {
            headers.Add(("Idempotency-Key", $"{name}-{kind}-command"));
        }

        if (endpoint.NeedsVersion)
        {
            headers.Add(("If-Match", "\"1\""));
        }

        if (kind == Kind.OfficerAbove && endpoint.TakesUnit)
        {
            headers.Add(("Acting-Unit", ServedOffice.Commune));
        }

        var told = await served.SendAsync(new HttpMethod(endpoint.Method), path, shared.Token(kind), sample.Body, [.. headers]);

        var expected = Expected(endpoint, kind, hasCode, sample);
        Assert.True(expected == told.Status, $"{name} by {kind}: {told.Status} instead of {expected}: {told.Body}");
    }

    [Fact]
    public async Task EveryRouteOfTheHost_StandsInTheTable()
    {
        await using var office = await ServedOffice.StartAsync();
        var names = office.Routes;

        Assert.Equal(ApiTable.All.Append(ApiTable.DevelopmentToken).Select(e => $"{e.Method} {e.Pattern}").Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.Equal(ApiTable.All.Count, ApiTable.All.Select(e => e.Name).Distinct(StringComparer.Ordinal).Count());
    }

    private static int Expected(ApiEndpoint endpoint, Kind kind, bool hasCode, Sample sample)
    {
        if (kind is Kind.Forged or Kind.Expired)
        {
            return 401;
        }

        if (endpoint.Callers == Callers.Everyone)
        {
            return endpoint.Status;
        }

        return kind switch
        {
            Kind.Nobody => 401,
            Kind.Owner or Kind.OtherCitizen when endpoint.Callers == Callers.Officers => 403,
            Kind.OtherCitizen or Kind.OfficerElsewhere when hasCode => 404,
            Kind.OfficerElsewhere when endpoint.Name is "submitDossier" or "getWorkList" => 403,
            _ => sample.IsRefusedByLaw ? 422 : endpoint.Status,
        };
    }

    /// <summary>A kind of person.</summary>
    public enum Kind
    {
        /// <summary>Without a token.</summary>
        Nobody,

        /// <summary>With a token of another key.</summary>
        Forged,

        /// <summary>With a token that has ended.</summary>
        Expired,

        /// <summary>The citizen whose dossier it is, through the portal's payment client.</summary>
        Owner,

        /// <summary>Another citizen.</summary>
        OtherCitizen,

        /// <summary>An officer of the unit that has the dossier.</summary>
        Officer,

        /// <summary>An officer of the unit above it.</summary>
        OfficerAbove,

        /// <summary>An officer of another unit of the same level.</summary>
        OfficerElsewhere,
    }

    /// <summary>What is sent.</summary>
    private sealed record Sample(string Path, object? Body = null)
    {
        public string? OwnerPath { get; init; }

        public bool IsRefusedByLaw { get; init; }

        public bool NeedsReceipt { get; init; }
    }

    /// <summary>One host for all of them.</summary>
    public sealed class Office : IAsyncLifetime
    {
        private readonly Dictionary<Kind, string?> _tokens = [];

        internal ServedOffice Served { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Served = await ServedOffice.StartAsync();
            string[] roles = ["reception", "professional", "head"];
            _tokens[Kind.Nobody] = null;
            _tokens[Kind.Forged] = Tokens.Forged("citizen-1");
            _tokens[Kind.Expired] = await Served.TokenAsync("citizen-1");
            Served.Clock.Advance(TimeSpan.FromHours(9));
            _tokens[Kind.Owner] = await Served.TokenOfAsync(new { person = "citizen-1", client = "portal" });
            _tokens[Kind.OtherCitizen] = await Served.TokenOfAsync(new { person = "citizen-2", client = "portal" });
            _tokens[Kind.Officer] = await Served.TokenAsync("mai", ServedOffice.Commune, roles);
            _tokens[Kind.OfficerAbove] = await Served.TokenAsync("hoa", ServedOffice.District, roles);
            _tokens[Kind.OfficerElsewhere] = await Served.TokenAsync("lan", ServedOffice.OtherCommune, roles);
        }

        public ValueTask DisposeAsync() => Served.DisposeAsync();

        internal string? Token(Kind kind) => _tokens[kind];
    }
}
