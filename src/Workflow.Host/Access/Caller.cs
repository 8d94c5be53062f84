namespace Workflow.Host.Access;

/// <summary>The person behind a request, as the issuer of the token vouches for it.</summary>
/// <param name="Id">The person's id; also the caller in whose name command ids are unique.</param>
/// <param name="Unit">The unit that the person belongs to; null for citizens.</param>
/// <param name="RolesByUnit">The roles held, by the unit in which they are held. Empty for citizens.</param>
/// <param name="Client">The client to which the token was issued, or null.</param>
internal sealed record Caller(string Id, string? Unit, IReadOnlyDictionary<string, IReadOnlyList<string>> RolesByUnit, string? Client)
{
    /// <summary>Whether the person acts for a unit at all.</summary>
    public bool IsOfficer => RolesByUnit.Count > 0;
}
