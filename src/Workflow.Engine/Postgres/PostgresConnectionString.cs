using System.Data.Common;
using Npgsql;
using Workflow.Core.Definitions;

namespace Workflow.Engine.Postgres;

/// <summary>Says whether a text is a connection string for PostgreSQL, without ever repeating what may be a password.</summary>
public static class PostgresConnectionString
{
    private const string Form = "write it as 'Host=db;Database=workflow;Username=workflow'";
    private const int LastPort = 65_535;

    // Those that people write by hand: what is none of these and unknown is told by its place, because it may be a part of a password.
    private static readonly string[] s_usual =
    [
        "Host", "Port", "Database", "Username", "Password", "Passfile", "SSL Mode", "Root Certificate", "Search Path", "Maximum Pool Size", "Timeout", "Command Timeout",
    ];

    /// <summary>Returns why the text cannot be used and what to write instead, in one line; null when it can.</summary>
    public static string? WhyNot(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"it is empty; {Form}";
        }

        DbConnectionStringBuilder parts;
        try
        {
            parts = new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            return text.Contains("://", StringComparison.Ordinal)
                ? $"it is an address; {Form}"
                : $"it is not made of KEY=VALUE parts with ';' between them; {Form}, and put a value with ';', '=' or quotes into double quotes";
        }

        return WhyNot(parts) ?? WhyNotBuilt(text);
    }

    /// <summary>The database as messages name it, without user and password.</summary>
    /// <param name="text">A connection string that can be used.</param>
    public static string NameOf(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(text);
        return $"PostgreSQL database '{settings.Database ?? settings.Username ?? Environment.UserName}' at {settings.Host}:{settings.Port}";
    }

    private static string? WhyNot(DbConnectionStringBuilder parts)
    {
        var known = new NpgsqlConnectionStringBuilder();
        var place = 0;
        foreach (string key in parts.Keys)
        {
            place++;
            try
            {
                known[key] = parts[key];
            }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
            {
                return IsKnown(key) ? $"the value of {Name(key)} cannot be used; correct it"
                    : Spelling.Nearest(key, s_usual) is { } nearest ? $"its part {place} is unknown, did you mean '{nearest}'?"
                    : $"its part {place} is unknown; use {string.Join(", ", s_usual)}, and put a value with ';' into double quotes";
            }
        }

        return string.IsNullOrWhiteSpace(known.Host) ? "it names no server; add Host=NAME"
            : known.Port > LastPort ? $"its port is above {LastPort}; correct Port, 5432 as a rule"
            : null;
    }

    // What only shows when the parts are put together, such as a smallest pool above the largest.
    private static string? WhyNotBuilt(string text)
    {
        try
        {
            using var source = new NpgsqlDataSourceBuilder(text).Build();
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or FormatException)
        {
            return $"its parts contradict each other; {Form} and add the rest one by one";
        }
    }

    private static bool IsKnown(string key)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder().ContainsKey(key);
            _ = new NpgsqlConnectionStringBuilder()[key];
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Name(string key) => s_usual.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? $"'{key}'";
}
