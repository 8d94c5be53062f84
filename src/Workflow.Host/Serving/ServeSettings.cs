using System.Collections;
using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary>How <c>serve</c> runs, beyond its options: who vouches for callers, and how much each may ask.</summary>
/// <remarks>Read from a JSON file and from variables (<c>WORKFLOW_SERVE__IDENTITY__AUTHORITY</c>), which win over the file. Immutable.</remarks>
internal sealed record ServeSettings
{
    private const string Prefix = "WORKFLOW_SERVE__";

    private static readonly string[] s_known =
    [
        "Identity:Authority", "Identity:Audience", "Identity:PersonClaim", "Identity:UnitClaim", "Identity:RolesClaim", "Identity:PaymentClients",
        "Limits:BodyBytes", "Limits:PersonRequests", "Limits:AddressRequests", "Limits:Window",
    ];

    /// <summary>The OpenID Connect issuer; null where the host issues its own tokens in development.</summary>
    public Uri? Authority { get; init; }

    /// <summary>For whom a token must be issued.</summary>
    public string Audience { get; init; } = "workflow";

    /// <summary>The claim that holds the person's id.</summary>
    public string PersonClaim { get; init; } = "sub";

    /// <summary>The claim that holds the unit that the person belongs to.</summary>
    public string UnitClaim { get; init; } = "unit";

    /// <summary>The claim that holds the roles.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>The clients (claim <c>azp</c>) that may tell a citizen's payment.</summary>
    public IReadOnlyList<string> PaymentClients { get; init; } = [];

    /// <summary>The most bytes of a request's body.</summary>
    public int BodyBytes { get; init; } = 1_048_576;

    /// <summary>How many requests a person may make within <see cref="Window"/>.</summary>
    public int PersonRequests { get; init; } = 6_000;

    /// <summary>How many requests without a person one network address may make within <see cref="Window"/>.</summary>
    public int AddressRequests { get; init; } = 600;

    /// <summary>The time within which requests are counted.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The settings among the variables of the environment.</summary>
    public static IReadOnlyDictionary<string, string?> OfVariables(IDictionary variables)
    {
        var found = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in variables)
        {
            if (variable.Key is string name && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                found[name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal)] = variable.Value as string;
            }
        }

        return found;
    }

    /// <summary>Reads the settings, and tells one line per mistake.</summary>
    /// <param name="file">A JSON file, or null.</param>
    /// <param name="variables">What the environment gives.</param>
    /// <param name="mistakes">Gets the mistakes.</param>
    /// <exception cref="UnusableInputException">The file cannot be read.</exception>
    public static ServeSettings Read(string? file, IReadOnlyDictionary<string, string?> variables, List<string> mistakes)
    {
        var given = Join(file, variables);
        foreach (var name in given.Keys.Where(k => !s_known.Contains(GroupOf(k), StringComparer.OrdinalIgnoreCase)))
        {
            var mend = Spelling.Nearest(name, s_known) is { } nearest ? $"did you mean '{nearest}'?" : $"use one of: {string.Join(", ", s_known)}";
            mistakes.Add($"there is no setting '{Faults.OneLine(name)}': {mend}");
        }

        var standard = new ServeSettings();
        return new ServeSettings
        {
            Authority = Address("Identity:Authority"),
            Audience = Text("Identity:Audience", standard.Audience),
            PersonClaim = Text("Identity:PersonClaim", standard.PersonClaim),
            UnitClaim = Text("Identity:UnitClaim", standard.UnitClaim),
            RolesClaim = Text("Identity:RolesClaim", standard.RolesClaim),
            PaymentClients = [.. given.Where(p => GroupOf(p.Key).Equals("Identity:PaymentClients", StringComparison.OrdinalIgnoreCase)).SelectMany(p => (p.Value ?? string.Empty).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))],
            BodyBytes = Number("Limits:BodyBytes", standard.BodyBytes, 1_024, 100 * 1_024 * 1_024),
            PersonRequests = Number("Limits:PersonRequests", standard.PersonRequests, 1, int.MaxValue),
            AddressRequests = Number("Limits:AddressRequests", standard.AddressRequests, 1, int.MaxValue),
            Window = Duration("Limits:Window", standard.Window),
        };

        string Text(string name, string otherwise)
        {
            if (!given.TryGetValue(name, out var text) || text is null)
            {
                return otherwise;
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                mistakes.Add($"{name} is empty: give it a value, or leave it out for '{otherwise}'");
            }

            return text;
        }

        Uri? Address(string name)
        {
            if (!given.TryGetValue(name, out var text) || text is null)
            {
                return null;
            }

            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            {
                mistakes.Add($"{name} '{Faults.OneLine(text)}' is not the address of an issuer: give https://HOST/PATH (http on this machine alone)");
                return null;
            }

            return address;
        }

        int Number(string name, int otherwise, int least, int most)
        {
            if (!given.TryGetValue(name, out var text) || text is null)
            {
                return otherwise;
            }

            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            {
                mistakes.Add($"{name} '{Faults.OneLine(text)}' cannot be used: give a number from {least} to {most}");
                return otherwise;
            }

            return number;
        }

        TimeSpan Duration(string name, TimeSpan otherwise)
        {
            if (!given.TryGetValue(name, out var text) || text is null)
            {
                return otherwise;
            }

            if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) || time < TimeSpan.FromSeconds(1) || time > TimeSpan.FromDays(1))
            {
                mistakes.Add($"{name} '{Faults.OneLine(text)}' cannot be used: give a time from 00:00:01 to 1.00:00:00, such as {otherwise}");
                return otherwise;
            }

            return time;
        }
    }

    // A list of a file has a name per element: Identity:PaymentClients:0.
    private static string GroupOf(string name)
    {
        var end = name.LastIndexOf(':');
        return end > 0 && end < name.Length - 1 && name.AsSpan(end + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? name[..end] : name;
    }

    private static Dictionary<string, string?> Join(string? file, IReadOnlyDictionary<string, string?> variables)
    {
        var given = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (file is not null)
        {
            using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(InputFile.ReadText(file)));
            try
            {
                foreach (var (name, value) in new ConfigurationBuilder().AddJsonStream(text).Build().AsEnumerable().Where(p => p.Value is not null))
                {
                    given[name] = value;
                }
            }
            catch (Exception e) when (e is FormatException or InvalidDataException or System.Text.Json.JsonException)
            {
                throw new UnusableInputException($"{file} is no file of settings: {Faults.OneLine(e.InnerException?.Message ?? e.Message)}", e);
            }
        }

        foreach (var (name, value) in variables)
        {
            given[name] = value;
        }

        return given;
    }
}
