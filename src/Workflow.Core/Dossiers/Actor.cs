namespace Workflow.Core.Dossiers;

/// <summary>The person or system that gives a command.</summary>
/// <param name="Id">The account's id; an opaque key, never a name. It stands in the journal for ever.</param>
/// <param name="Roles">The roles held, in the unit when one is given.</param>
/// <param name="Unit">The code of the unit that the person acts for; null for citizens and the system.</param>
public sealed record Actor(string Id, IReadOnlyList<string> Roles, string? Unit)
{
    /// <summary>The engine itself: timers and followers. It may do what timeouts say, whatever role a transition names.</summary>
    public static Actor System { get; } = new("system", [], null);

    /// <summary>Whether the actor is the engine itself.</summary>
    public bool IsSystem => ReferenceEquals(this, System);

    /// <summary>A citizen or enterprise with an account of this id.</summary>
    public static Actor Applicant(string id) => new(id, [Procedures.ProcedureContent.ApplicantRole], null);

    /// <summary>An officer of a unit.</summary>
    public static Actor Officer(string id, string unit, params string[] roles) => new(id, roles, unit);

    /// <summary>Whether the actor holds a role.</summary>
    public bool Has(string role)
    {
        for (var i = 0; i < Roles.Count; i++)
        {
            if (Roles[i] == role)
            {
                return true;
            }
        }

        return false;
    }
}
