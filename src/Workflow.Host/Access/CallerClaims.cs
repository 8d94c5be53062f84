using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Workflow.Core.Procedures;
using Workflow.Host.Serving;

namespace Workflow.Host.Access;

/// <summary>Reads the person out of the claims of a token that was found genuine.</summary>
/// <remarks>A role stands for the person's unit, or names its own as <c>role@unit</c>. Without a unit it means nothing.</remarks>
internal sealed class CallerClaims(ServeSettings settings)
{
    private const int LongestId = 200;
    private const int MostRoles = 200;

    // The engine's own accounts begin with it.
    private const string Reserved = "system";

    /// <summary>The person; null and the reason when the claims name none.</summary>
    public Caller? Read(JsonWebToken token, out string reason)
    {
        reason = string.Empty;
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var claims = payload.RootElement;
        if (Text(claims, settings.PersonClaim) is not { } id || !IsName(id) || id == Reserved || id.StartsWith(Reserved + ":", StringComparison.Ordinal))
        {
            reason = $"the claim '{settings.PersonClaim}' names no person";
            return null;
        }

        var unit = Text(claims, settings.UnitClaim);
        if (unit is not null && !IsName(unit))
        {
            reason = $"the claim '{settings.UnitClaim}' names no unit";
            return null;
        }

        var held = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (unit is not null)
        {
            held[unit] = [];
        }

        foreach (var role in Texts(claims, settings.RolesClaim).Take(MostRoles))
        {
            var at = role.LastIndexOf('@');
            var (name, where) = at < 0 ? (role, unit) : (role[..at], role[(at + 1)..]);

            // What everybody is on dossiers of their own, and what nobody is, is held by no token.
            if (where is not null && IsName(name) && IsName(where) && name is not (ProcedureContent.SystemRole or ProcedureContent.ApplicantRole))
            {
                held[where] = [.. held.GetValueOrDefault(where) ?? [], name];
            }
        }

        return new Caller(id, unit, held, Text(claims, "azp") ?? Text(claims, "client_id"));
    }

    private static bool IsName(string text) => text.Length is > 0 and <= LongestId && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c)) && !string.IsNullOrWhiteSpace(text);

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Texts(JsonElement claims, string name) => !claims.TryGetProperty(name, out var value)
        ? []
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
            _ => [],
        };
}
