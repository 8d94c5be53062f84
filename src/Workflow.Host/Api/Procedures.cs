using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Host.Api;

/// <summary>The procedures in which new dossiers are taken.</summary>
internal sealed record ProceduresView(IReadOnlyList<ProcedureView> Procedures);

/// <summary>A procedure in its newest version, as applicants and portals need it.</summary>
internal sealed record ProcedureView(string Code, int Version, LabelView? Name)
{
    public string? Sector { get; init; }

    public IReadOnlyList<string> Levels { get; init; } = [];

    public IReadOnlyList<ChannelWord> Channels { get; init; } = [];

    public int? OnlineLevel { get; init; }

    public string? Limit { get; init; }

    public IReadOnlyList<FieldView>? Fields { get; init; }

    public IReadOnlyList<DocumentView>? Documents { get; init; }

    public IReadOnlyList<FeeView>? Fees { get; init; }

    public IReadOnlyList<StateView>? States { get; init; }
}

/// <summary>A field that a dossier carries.</summary>
internal sealed record FieldView(string Name, string Type, bool IsRequired, bool IsPersonal)
{
    public LabelView? Label { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    public decimal? Least { get; init; }

    public decimal? Most { get; init; }
}

/// <summary>A document that is handed in; where a case is named, in that case alone.</summary>
internal sealed record DocumentView(string Code, LabelView? Name, bool IsRequired, int Originals, int Copies)
{
    public string? When { get; init; }
}

/// <summary>A fee in dong; where a case is named, in that case alone.</summary>
internal sealed record FeeView(string Code, LabelView? Name, long Amount)
{
    public string? Per { get; init; }

    public string? When { get; init; }

    public string? Times { get; init; }
}

/// <summary>A state of the procedure.</summary>
internal sealed record StateView(string Name, bool IsFinal)
{
    public LabelView? Label { get; init; }

    public int? PortalStatus { get; init; }
}

/// <summary>The procedures, for everyone.</summary>
internal static class Procedures
{
    public static Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var newest = call.Office.Procedures.All.Select(p => p.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(c => Short(call.Office.Procedures.Find(c)!));
        return Task.FromResult(ApiAnswer.Of(new ProceduresView([.. newest]), ApiJson.Context.ProceduresView));
    }

    public static Task<ApiAnswer> FindAsync(ApiCall call)
    {
        var procedure = call.Office.Procedures.Find(call.Path("code")) ?? throw new ProblemException(Problems.NotFound("there is no such procedure: see /v1/procedures"));
        return Task.FromResult(ApiAnswer.Of(Whole(procedure), ApiJson.Context.ProcedureView));
    }

    private static ProcedureView Short(Procedure procedure)
    {
        var content = procedure.Content;
        return new(procedure.Code, procedure.Version.Number, LabelView.Of(content.Name))
        {
            Sector = content.Sector,
            Levels = [.. content.Levels.Select(UnitLevels.NameOf)],
            Channels = [.. content.Channels.Select(c => (ChannelWord)c)],
            OnlineLevel = content.OnlineLevel,
            Limit = content.Limit?.ToString(),
        };
    }

    private static ProcedureView Whole(Procedure procedure)
    {
        var content = procedure.Content;
        return Short(procedure) with
        {
            Fields = [.. content.Fields.Select(f => new FieldView(f.Name, Words.Of(f.Type), f.Required, f.Personal) { Label = LabelView.Of(f.Label), Values = f.Values.Count > 0 ? f.Values : null, Least = f.Least, Most = f.Most })],
            Documents = [.. content.Documents.Select(d => new DocumentView(d.Code, LabelView.Of(d.Name), d.Required, d.Originals, d.Copies) { When = d.When?.Text })],
            Fees = [.. content.Fees.Select(f => new FeeView(f.Code, LabelView.Of(f.Name), f.Amount) { Per = f.Per, When = f.When?.Text, Times = f.Times?.Text })],
            States = [.. content.States.Select(s => new StateView(s.Name, s.IsFinal) { Label = LabelView.Of(s.Label), PortalStatus = (int?)s.Status })],
        };
    }
}
