using System.Globalization;
using Workflow.Core.Guards;

namespace Workflow.StatelessBridge.Imports;

/// <summary>How a Stateless machine becomes a procedure. Immutable.</summary>
public sealed record StatelessImportOptions
{
    /// <summary>The code guards that the procedure may refer to: Stateless gives away the names of guards and never the guards.</summary>
    public GuardRegistry Guards { get; init; } = GuardRegistry.Standard;

    /// <summary>
    /// What the guards of the machine are called in the procedure, by their descriptions, compared ordinally: a guard's name, perhaps with a
    /// version (<c>fees-paid@1</c>), or an expression (<c>fields.area &lt;= 100</c>).
    /// </summary>
    /// <remarks>
    /// A description that is not named here, or the name of the method where there is none, is taken as it is when it may be a guard's name, and else put
    /// in lower case with hyphens: "fees are paid" is <c>fees-are-paid</c>.
    /// </remarks>
    public IReadOnlyDictionary<string, string> GuardNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The name of a state or a trigger; its text, whatever the culture, unless said otherwise.</summary>
    public Func<object, string> NameOf { get; init; } = static value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>Whether a machine with parts that a procedure cannot hold is refused rather than imported without them.</summary>
    public bool Strict { get; init; }
}
