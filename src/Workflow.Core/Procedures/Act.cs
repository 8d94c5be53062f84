using System.Collections.Frozen;

namespace Workflow.Core.Procedures;

/// <summary>What a trigger means in law, whatever a procedure calls it. An act fixes which data the command needs and which rules it meets.</summary>
public enum Act
{
    /// <summary>A step of the work, without a meaning of its own in law.</summary>
    Advance,

    /// <summary>Reception of a valid dossier with a receipt and a promised date (Decree 61/2018 Art 17; form 01).</summary>
    Accept,

    /// <summary>Refusal with reason and ground (form 03); not after the deadline (Art 19.8).</summary>
    Refuse,

    /// <summary>The one request for supplement (Art 11.2c, 15.3, 19.4; form 02).</summary>
    RequestSupplement,

    /// <summary>The applicant's supplement; the clock goes on or starts again.</summary>
    Supplement,

    /// <summary>A request to meet a financial obligation; the clock stands still (portal status 6).</summary>
    RequestPayment,

    /// <summary>A payment of fees.</summary>
    Pay,

    /// <summary>Withdrawal by the applicant (portal status 7); only before a decision.</summary>
    Withdraw,

    /// <summary>Stopping on request (Circular 03/2025 Art 7; form 05); only before a decision.</summary>
    Stop,

    /// <summary>Hand-over to the competent unit: the same day, or the next working day after 15:00 (Art 18).</summary>
    Transfer,

    /// <summary>The decision: the competent person signs the result.</summary>
    Sign,

    /// <summary>The result is handed to the applicant (Art 20; portal status 10).</summary>
    ReturnResult,
}

/// <summary>The names of acts in definition files.</summary>
public static class ActNames
{
    /// <summary>Every act by its name, such as <c>request-supplement</c>.</summary>
    public static FrozenDictionary<string, Act> ByName { get; } = new Dictionary<string, Act>(StringComparer.Ordinal)
    {
        ["advance"] = Act.Advance,
        ["accept"] = Act.Accept,
        ["refuse"] = Act.Refuse,
        ["request-supplement"] = Act.RequestSupplement,
        ["supplement"] = Act.Supplement,
        ["request-payment"] = Act.RequestPayment,
        ["pay"] = Act.Pay,
        ["withdraw"] = Act.Withdraw,
        ["stop"] = Act.Stop,
        ["transfer"] = Act.Transfer,
        ["sign"] = Act.Sign,
        ["return-result"] = Act.ReturnResult,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of an act.</summary>
    public static string Of(Act act) => ByName.First(p => p.Value == act).Key;
}
