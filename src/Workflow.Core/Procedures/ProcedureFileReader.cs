using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Procedures;

/// <summary>Turns the nodes of a procedure's file into its content. What cannot be read becomes a defect, and reading goes on.</summary>
internal static class ProcedureFileReader
{
    public static ProcedureContent Read(YamlMapping root, DefectList defects)
    {
        var file = new DefinitionReader(root, "a procedure", defects);
        var states = file.Named("states");
        if (!file.Has("states"))
        {
            file.Missing("states");
        }

        var content = new ProcedureContent
        {
            // A code that is missing or empty is the check's to report.
            Version = new ProcedureVersion(file.Has("procedure") ? file.Text("procedure") ?? "?" : string.Empty, ReadVersion(file)),
            Name = ReadName(file),
            Sector = file.Text("sector"),
            Levels = file.Choices("levels", UnitLevels.ByName),
            OnlineLevel = file.Integer("online", 1, 4),
            Channels = file.Choices("channels", ProcedureWords.Channels),
            Limit = ReadLimit(file, "limit"),
            LimitCases = ProcedureCaseReader.LimitCases(file),
            Budgets = ProcedureCaseReader.Budgets(file),
            Reception = file.Text("reception"),
            Clock = file.Choice("clock", ProcedureWords.Clocks) ?? ClockPolicy.Restart,
            SupplementsAllowed = file.Integer("supplements", 0, 100) ?? 1,
            SupplementNotice = ReadLimit(file, "supplement-notice") ?? TimeLimit.WorkingDays(3),
            Sources = Texts(file, "sources"),
            Unverified = Texts(file, "unverified"),
            Roles = Texts(file, "roles"),
            Fields = [.. file.Named("fields").Select(ReadField)],
            Documents = [.. file.Named("documents").Select(ReadDocument)],
            Fees = [.. file.Named("fees").Select(ReadFee)],
            Guards = [.. file.Named("guards").Select(ProcedureCaseReader.Guard)],
            Legs = [.. file.Named("legs").Select(ProcedureCaseReader.Leg)],
            Triggers = [.. file.Named("triggers").Select(ReadTrigger)],
            Initial = ReadInitial(states, defects),
            States = [.. states.Select(ReadState)],
            Transitions = [.. states.SelectMany(s => ProcedureTransitionReader.Read(s.Name.Text, s.Body, defects))],
            Place = root.Place,
        };
        foreach (var (_, body) in states)
        {
            body.RefuseUnknownKeys();
        }

        file.RefuseUnknownKeys();
        return content;
    }

    public static IReadOnlyList<string> Texts(DefinitionReader reader, string key) => [.. reader.Texts(key).Select(t => t.Text)];

    public static TimeLimit? ReadLimit(DefinitionReader reader, string key)
    {
        var text = reader.Text(key);
        if (text is null)
        {
            return null;
        }

        if (TimeLimit.TryParse(text, out var limit))
        {
            return limit;
        }

        if (decimal.TryParse(text.Replace(',', '.'), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            reader.Defects.Error(DefectCodes.LimitWithoutUnit, reader.Node(key)!.Place, $"'{key}' is '{text}', and nothing says of what", $"write '{text} working days', '{text} days' or '{text} working hours', as the source has it");
            return null;
        }

        reader.Wrong(reader.Node(key)!, $"'{key}' is '{text}', not a time limit", "write one such as '10 working days', '15 days', '2 working hours', '0.5 working days' or 'same day'");
        return null;
    }

    private static int ReadVersion(DefinitionReader file)
    {
        if (!file.Has("version"))
        {
            file.Missing("version");
        }

        return file.Integer("version", 1, int.MaxValue) ?? 1;
    }

    private static LocalizedName ReadName(DefinitionReader file)
    {
        if (!file.Has("name"))
        {
            file.Missing("name");
        }

        return file.Name("name") ?? new LocalizedName(string.Empty);
    }

    private static FieldDefinition ReadField((YamlScalar Name, DefinitionReader Body) entry)
    {
        var body = entry.Body;
        if (!body.Has("type"))
        {
            body.Missing("type");
        }

        var field = new FieldDefinition(entry.Name.Text, body.Choice("type", ProcedureWords.FieldTypes) ?? FieldType.Text)
        {
            Label = body.Name("label"),
            Required = body.Flag("required") ?? false,
            Personal = body.Flag("personal") ?? false,
            Values = Texts(body, "values"),
            Least = body.Number("least"),
            Most = body.Number("most"),
        };
        body.RefuseUnknownKeys();
        return field;
    }

    private static DocumentDefinition ReadDocument((YamlScalar Name, DefinitionReader Body) entry)
    {
        var body = entry.Body;
        var document = new DocumentDefinition(entry.Name.Text, body.OwnName())
        {
            Required = body.Flag("required") ?? true,
            Originals = body.Integer("originals", 0, 1000) ?? 1,
            Copies = body.Integer("copies", 0, 1000) ?? 0,
            When = ProcedureCaseReader.Expression(body, "if"),
        };
        body.RefuseUnknownKeys();
        return document;
    }

    private static FeeDefinition ReadFee((YamlScalar Name, DefinitionReader Body) entry)
    {
        var body = entry.Body;
        if (!body.Has("amount"))
        {
            body.Missing("amount");
        }

        var fee = new FeeDefinition(entry.Name.Text, body.OwnName(), body.Amount("amount") ?? 0)
        {
            Per = body.Text("per"),
            When = ProcedureCaseReader.Expression(body, "if"),
            Times = ProcedureCaseReader.Expression(body, "times"),
        };
        body.RefuseUnknownKeys();
        return fee;
    }

    private static TriggerDefinition ReadTrigger((YamlScalar Name, DefinitionReader Body) entry)
    {
        var body = entry.Body;
        var trigger = new TriggerDefinition(entry.Name.Text, body.Choice("act", ActNames.ByName) ?? ProcedureTriggers.ActOf(entry.Name.Text))
        {
            Label = body.Name("label"),
            Roles = Texts(body, "by"),
            Place = entry.Name.Place,
        };
        body.RefuseUnknownKeys();
        return trigger;
    }

    private static string? ReadInitial(IReadOnlyList<(YamlScalar Name, DefinitionReader Body)> states, DefectList defects)
    {
        string? initial = null;
        foreach (var (name, body) in states)
        {
            if (body.Flag("initial") != true)
            {
                continue;
            }

            if (initial is not null)
            {
                defects.Error(DefectCodes.InitialState, body.PlaceOf("initial"), $"'{name.Text}' is a second initial state, after '{initial}'", "keep 'initial: true' in one state");
            }

            initial ??= name.Text;
        }

        return initial;
    }

    private static StateDefinition ReadState((YamlScalar Name, DefinitionReader Body) entry)
    {
        var body = entry.Body;
        var (after, fire) = ReadTimeout(body);
        return new StateDefinition(entry.Name.Text)
        {
            Label = body.Name("label"),
            Status = (PortalStatus?)body.Integer("status", 1, 10),
            Role = body.Text("role"),
            Parent = body.Text("parent"),
            IsFinal = body.Flag("final") ?? false,
            Limit = ReadLimit(body, "limit"),
            Budget = body.Text("budget"),
            SuspendsClock = body.Choice("clock", ProcedureWords.StateClocks) ?? false,
            Legs = Texts(body, "legs"),
            Join = ProcedureCaseReader.Join(body),
            Timeout = after,
            TimeoutTrigger = fire,
            Place = entry.Name.Place,
        };
    }

    private static (TimeLimit? After, string? Fire) ReadTimeout(DefinitionReader state)
    {
        if (state.Mapping("timeout") is not { } timeout)
        {
            return default;
        }

        foreach (var key in (ReadOnlySpan<string>)["after", "fire"])
        {
            if (!timeout.Has(key))
            {
                timeout.Missing(key);
            }
        }

        var after = ReadLimit(timeout, "after");
        var fire = timeout.Text("fire");
        timeout.RefuseUnknownKeys();
        return after is null || fire is null ? default : (after, fire);
    }
}
