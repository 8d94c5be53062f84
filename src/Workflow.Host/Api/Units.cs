using System.Globalization;
using Workflow.Core.Units;

namespace Workflow.Host.Api;

/// <summary>The units that exist on a day.</summary>
internal sealed record UnitsView(DateOnly On, IReadOnlyList<UnitView> Units);

/// <summary>A unit.</summary>
internal sealed record UnitView(string Code, LabelView? Name, string Level)
{
    public string? Parent { get; init; }

    public string? Agency { get; init; }
}

/// <summary>The units, for everyone.</summary>
internal static class Units
{
    public static Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var day = call.Query("on") is not { } text ? call.Office.Today
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var told) ? told
            : throw new ProblemException(Problems.Malformed("the parameter 'on' is not a date such as 2020-11-06"));
        var units = call.Office.Units.At(day).Units.Select(u => new UnitView(u.Code, LabelView.Of(u.Name), UnitLevels.NameOf(u.Level)) { Parent = u.Parent, Agency = u.Agency });
        return Task.FromResult(ApiAnswer.Of(new UnitsView(day, [.. units]), ApiJson.Context.UnitsView));
    }
}
