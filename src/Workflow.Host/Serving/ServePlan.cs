using Workflow.Core.Engines;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary>What the arguments of <c>serve</c> say.</summary>
internal sealed record ServeChoice
{
    public required string Urls { get; init; }

    public required string Engine { get; init; }

    public string? SettingsFile { get; init; }

    public bool IsDevelopment { get; init; }

    public required StoreChoice Store { get; init; }

    /// <summary>How the silo is reached; null for none.</summary>
    public SiloPlan? Silo { get; init; }
}

/// <summary>What will be served, where and for whom: checked before anything is opened.</summary>
internal sealed record ServePlan(IReadOnlyList<Uri> Urls, StoreChoice Store, ServeSettings Settings, bool IsDevelopment, SiloPlan? Silo = null)
{
    /// <summary>What stands before the engine, for tests; null for nothing.</summary>
    public Func<IDossierEngine, IDossierEngine>? Before { get; init; }

    /// <summary>Makes the plan, and tells one line per mistake.</summary>
    /// <exception cref="UnusableInputException">The file of settings cannot be read.</exception>
    public static ServePlan Of(ServeChoice choice, HostEnvironment environment, List<string> mistakes)
    {
        if (EngineChoice.WhyNot(choice.Engine, choice.Store) is { } why)
        {
            mistakes.Add(why);
        }

        var settings = ServeSettings.Read(choice.SettingsFile, environment.ServeSettings, mistakes);
        var urls = ReadUrls(choice.Urls, mistakes);
        if (choice.IsDevelopment)
        {
            mistakes.AddRange(urls.Where(u => !u.IsLoopback).Select(u => $"--development issues tokens to everybody, and --urls '{u.OriginalString}' can be reached from elsewhere: listen on 127.0.0.1, or leave --development out"));
            if (settings.Authority is not null)
            {
                mistakes.Add("--development issues its own tokens, and Identity:Authority names an issuer: give one of them");
            }
        }
        else if (settings.Authority is null && mistakes.Count == 0)
        {
            mistakes.Add("Identity:Authority is missing: name the OpenID Connect issuer of the office in --settings or WORKFLOW_SERVE__IDENTITY__AUTHORITY, or try it with --development");
        }

        return new ServePlan(urls, choice.Store, settings, choice.IsDevelopment, choice.Silo);
    }

    private static List<Uri> ReadUrls(string text, List<string> mistakes)
    {
        var urls = new List<Uri>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || url.AbsolutePath != "/" || url.Query.Length > 0 || url.UserInfo.Length > 0)
            {
                mistakes.Add($"--urls '{Faults.OneLine(part)}' cannot be listened on: write http://HOST:PORT, with an address of this machine or 0.0.0.0 for all of them");
            }
            else
            {
                urls.Add(url);
            }
        }

        if (urls.Count == 0 && mistakes.Count == 0)
        {
            mistakes.Add("--urls is empty: name at least one address, such as http://127.0.0.1:5080");
        }

        return urls;
    }
}
