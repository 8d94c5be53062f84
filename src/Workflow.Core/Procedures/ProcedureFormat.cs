using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Procedures;

/// <summary>What a procedure file may say: every mapping with its keys.</summary>
/// <remarks>The reference and the schema for editors are written from it. Tests hold it to the reader: keys, required ones, words and defaults.</remarks>
internal static class ProcedureFormat
{
    private static readonly FormatKey s_vi = new("vi", FormatType.Text, "the Vietnamese name, which the law uses") { Required = true };
    private static readonly FormatKey s_en = new("en", FormatType.Text, "the English name");

    /// <summary>A name in two languages.</summary>
    public static FormatMapping Name { get; } = new("name", "A name in two languages. A text alone is the Vietnamese name.", s_vi, s_en);

    /// <summary>A limit of a particular case.</summary>
    public static FormatMapping LimitCase { get; } = new("limit case", "A legal limit that holds in one case.",
        new("if", FormatType.Expression, "the case: what must hold when the dossier is accepted") { Required = true },
        new("limit", FormatType.Limit, "the limit in that case") { Required = true });

    /// <summary>A field of the form.</summary>
    public static FormatMapping Field { get; } = new("field", "A field of the form that a dossier carries.",
        new("type", FormatType.Choice, "the type of its values") { Required = true, Words = Words(ProcedureWords.FieldTypes) },
        new("label", FormatType.Name, "its name for people"),
        new("required", FormatType.Flag, "whether a submission must give it") { Default = "false" },
        new("personal", FormatType.Flag, "whether its value is personal data, kept apart so that it can be erased") { Default = "false" },
        new("values", FormatType.Texts, "the only values that a text may have"),
        new("least", FormatType.Number, "the least that a number may be, included"),
        new("most", FormatType.Number, "the most that a number may be, included"));

    /// <summary>A document of the dossier.</summary>
    public static FormatMapping Document { get; } = new("document", "A document (thành phần hồ sơ) of the dossier.",
        s_vi,
        s_en,
        new("originals", FormatType.Integer, "how many originals are asked for; 0 when the data comes from a national database") { Default = "1", Most = 1000 },
        new("copies", FormatType.Integer, "how many copies are asked for") { Default = "0", Most = 1000 },
        new("required", FormatType.Flag, "whether the dossier is incomplete without it") { Default = "true" },
        new("if", FormatType.Expression, "the case in which it is asked for; absent: always"));

    /// <summary>A fee.</summary>
    public static FormatMapping Fee { get; } = new("fee", "A fee that acceptance makes due.",
        s_vi,
        s_en,
        new("amount", FormatType.Integer, "in dong, digits alone") { Required = true },
        new("per", FormatType.Text, "what the amount is for, such as copy; absent: for the dossier"),
        new("if", FormatType.Expression, "the case in which it is due; absent: always"),
        new("times", FormatType.Expression, "how many times the amount is due: a number; absent: once"));

    /// <summary>A guard as data.</summary>
    public static FormatMapping Guard { get; } = new("guard", "A condition that bears a name.",
        new("holds", FormatType.Expression, "the expression") { Required = true },
        new("unmet", FormatType.Name, "what is told when it does not hold"));

    /// <summary>A part of another agency.</summary>
    public static FormatMapping Leg { get; } = new("leg", "Another agency's part of an interconnected procedure (liên thông): a dossier of its own.",
        new("procedure", FormatType.Text, "the code of the procedure that its dossier follows") { Required = true },
        new("unit", FormatType.Text, "the unit that receives it: receiving, competent, above, province, district, commune or a unit's code, each perhaps after 'agency of'") { Required = true },
        new("if", FormatType.Expression, "the case in which it is needed; absent: always"),
        new("after", FormatType.Texts, "the legs that must have ended before it starts"),
        new("limit", FormatType.Limit, "how long the agency has, from dispatch"),
        new("acknowledge", FormatType.Limit, "how soon the agency must acknowledge it, from dispatch"),
        new("deemed-after", FormatType.Limit, "after this silence the agency is deemed to agree"),
        new("lead", FormatType.Flag, "whether this agency's result is the group's") { Default = "false" },
        new("fields", FormatType.NamedTexts, "fields that its dossier gets: its field, and under it the field of this procedure"),
        new("documents", FormatType.Texts, "documents that its dossier gets under the same codes"));

    /// <summary>A trigger.</summary>
    public static FormatMapping Trigger { get; } = new("trigger", "What a trigger means, where its name alone does not say so.",
        new("act", FormatType.Choice, "its meaning in law; absent: that of its name, else advance") { Words = Words(ActNames.ByName) },
        new("by", FormatType.Texts, "the roles that may fire it, where the transition names none"),
        new("label", FormatType.Name, "its name for people"));

    /// <summary>How a state that waits for legs is left.</summary>
    public static FormatMapping Join { get; } = new("join", "How a state that waits for legs is left: the system fires a trigger.",
        new("when", FormatType.Expression, "all, any, or an expression over the legs") { Required = true },
        new("fire", FormatType.Text, "the trigger that is fired then") { Required = true },
        new("otherwise", FormatType.Text, "the trigger that is fired once that can no longer be"));

    /// <summary>What silence causes.</summary>
    public static FormatMapping Timeout { get; } = new("timeout", "What silence causes: the system fires a trigger.",
        new("after", FormatType.Limit, "how long after the entry into the state") { Required = true },
        new("fire", FormatType.Text, "the trigger") { Required = true });

    /// <summary>A transition.</summary>
    public static FormatMapping Transition { get; } = new("transition", "An edge of the machine, where there is more to say than its destination.",
        new("to", FormatType.Text, "the state that it leads to") { Required = true },
        new("if", FormatType.Expressions, "the guards that must all hold"),
        new("by", FormatType.Texts, "the roles that may fire it here"),
        new("stays", FormatType.Flag, "whether the trigger is taken and no state is left, so that timers run on; 'to' is then the state itself") { Default = "false" });

    /// <summary>A state.</summary>
    public static FormatMapping State { get; } = new("state", "A node of the machine.",
        new("initial", FormatType.Flag, "whether dossiers begin here: true in exactly one state") { Default = "false" },
        new("label", FormatType.Name, "its name for people"),
        new("status", FormatType.Integer, "the portal status that a dossier shows here") { Least = 1, Most = 10 },
        new("role", FormatType.Text, "the role that has the dossier here"),
        new("parent", FormatType.Text, "the superstate"),
        new("final", FormatType.Flag, "whether dossiers end here") { Default = "false" },
        new("limit", FormatType.Limit, "how long the step may take"),
        new("budget", FormatType.Text, "the budget that the step shares, instead of a limit"),
        new("clock", FormatType.Choice, "off: the legal clock stands still here, whatever the portal status") { Default = "runs", Words = ["runs", "off"] },
        new("legs", FormatType.Texts, "the legs that start as the state is entered"),
        new("join", FormatType.Mapping, "how the state is left once its legs ended") { Of = Join },
        new("timeout", FormatType.Mapping, "what silence causes") { Of = Timeout },
        new("on", FormatType.Transitions, "the triggers that it permits; the first one is the ordinary way on") { Of = Transition });

    /// <summary>The file itself.</summary>
    public static FormatMapping File { get; } = new("procedure", "One version of a procedure.",
        new("procedure", FormatType.Text, "the code, such as 1.001193") { Required = true },
        new("version", FormatType.Integer, "the version's number") { Required = true, Least = 1, Most = int.MaxValue },
        new("name", FormatType.Name, "the name") { Required = true, Of = Name },
        new("sector", FormatType.Text, "the sector (lĩnh vực)"),
        new("levels", FormatType.Choices, "the levels of units that settle it; absent: any") { Words = Words(UnitLevels.ByName) },
        new("online", FormatType.Integer, "the level of the online service; absent: none") { Least = 1, Most = 4 },
        new("channels", FormatType.Choices, "how it may be filed; absent: in every way") { Words = Words(ProcedureWords.Channels) },
        new("limit", FormatType.Limit, "the legal time limit from acceptance; absent: no single one"),
        new("limit-cases", FormatType.Mappings, "limits of particular cases: the first one whose case it is takes the limit's place") { Of = LimitCase },
        new("budgets", FormatType.NamedLimits, "limits that several steps share, by name"),
        new("reception", FormatType.Text, "the reception hours of the calendar, by name, beside the office hours; absent: office hours alone"),
        new("clock", FormatType.Choice, "what a supplement does to the legal clock") { Default = "restart", Words = Words(ProcedureWords.Clocks) },
        new("supplements", FormatType.Integer, "how many supplements may be asked for (Decree 61/2018 Art 11.2c)") { Default = "1", Most = 100 },
        new("supplement-notice", FormatType.Limit, "how long after reception, or after the supplement before, one may be asked for (Art 19.4)") { Default = "3 working days" },
        new("sources", FormatType.Texts, "where the facts come from"),
        new("unverified", FormatType.Texts, "what no source states and is to be checked before use"),
        new("roles", FormatType.Texts, "the roles that act in it"),
        new("fields", FormatType.Named, "the fields of the form") { Of = Field },
        new("documents", FormatType.Named, "the documents of the dossier, by code") { Of = Document },
        new("fees", FormatType.Named, "the fees, by code") { Of = Fee },
        new("guards", FormatType.Named, "conditions that bear a name") { Of = Guard },
        new("legs", FormatType.Named, "the parts of other agencies") { Of = Leg },
        new("triggers", FormatType.Named, "triggers whose name alone does not say the act, the roles or the label") { Of = Trigger },
        new("states", FormatType.Named, "the states") { Required = true, Of = State });

    /// <summary>Every mapping, the file first.</summary>
    public static IReadOnlyList<FormatMapping> All { get; } =
        [File, Name, LimitCase, Field, Document, Fee, Guard, Leg, Trigger, State, Transition, Timeout, Join];

    private static IReadOnlyList<string> Words<T>(IReadOnlyDictionary<string, T> words) => [.. words.OrderBy(w => w.Value).Select(w => w.Key)];
}
