namespace Workflow.Core.Definitions;

/// <summary>The stable codes of defects. A code keeps its meaning for ever; a retired one is not used again.</summary>
public static class DefectCodes
{
    // Reading the file: WF00xx.

    /// <summary>The text is not YAML, or uses a part of YAML that definitions do without.</summary>
    public const string Syntax = "WF0001";

    /// <summary>The file is larger, or nested deeper, than a definition may be.</summary>
    public const string TooLarge = "WF0002";

    /// <summary>A key stands twice in one mapping.</summary>
    public const string DuplicateKey = "WF0003";

    /// <summary>A key that this kind of definition does not have.</summary>
    public const string UnknownKey = "WF0004";

    /// <summary>A key that must be there is missing.</summary>
    public const string MissingKey = "WF0005";

    /// <summary>A value is of the wrong type or out of its range.</summary>
    public const string WrongValue = "WF0006";

    /// <summary>Two definitions bear the same code.</summary>
    public const string DuplicateCode = "WF0007";

    // The machine: WF01xx.

    /// <summary>A transition leads to a state that is not defined.</summary>
    public const string UnknownState = "WF0101";

    /// <summary>No state is the initial one, or more than one is.</summary>
    public const string InitialState = "WF0102";

    /// <summary>No state is final.</summary>
    public const string NoFinalState = "WF0103";

    /// <summary>A state that no path from the initial state reaches.</summary>
    public const string UnreachableState = "WF0104";

    /// <summary>A state that is not final and that nothing leads out of.</summary>
    public const string DeadEnd = "WF0105";

    /// <summary>A state from which no final state can be reached.</summary>
    public const string NoWayOut = "WF0106";

    /// <summary>The machine itself cannot be built.</summary>
    public const string Machine = "WF0107";

    /// <summary>States from which no dossier ends, because every way on is proven never to be taken or leads back.</summary>
    public const string Livelock = "WF0108";

    /// <summary>Two transitions of one trigger hold at once in one state, so that the machine refuses the trigger as ambiguous.</summary>
    public const string OverlappingTransitions = "WF0109";

    /// <summary>A transition that nobody may fire.</summary>
    public const string NobodyMayFire = "WF0110";

    /// <summary>Guards of a transition that are proven never to hold together.</summary>
    public const string GuardNeverHolds = "WF0111";

    /// <summary>A state that is reached only through transitions that are proven never to be taken.</summary>
    public const string NeverReached = "WF0112";

    // What the procedure refers to: WF02xx.

    /// <summary>A role that the procedure does not declare.</summary>
    public const string UnknownRole = "WF0201";

    /// <summary>A guard that nobody registered.</summary>
    public const string UnknownGuard = "WF0202";

    /// <summary>A trigger's act and its place in the machine do not fit.</summary>
    public const string MisplacedAct = "WF0203";

    /// <summary>A transition between portal statuses that the national portal does not know.</summary>
    public const string PortalStatus = "WF0204";

    /// <summary>A unit, or a level of units, that is not known.</summary>
    public const string UnknownUnit = "WF0205";

    /// <summary>A text is no expression.</summary>
    public const string ExpressionSyntax = "WF0206";

    /// <summary>An expression asks of a fact that is not there, or of a type or value that it does not have.</summary>
    public const string ExpressionType = "WF0207";

    /// <summary>A named guard or a case that cannot be used.</summary>
    public const string UnusableCase = "WF0208";

    /// <summary>A role of the procedure that no unit holds.</summary>
    public const string RoleWithoutUnit = "WF0209";

    /// <summary>A time limit that is a number alone, as in some columns of the national portal: working days, days or hours?</summary>
    public const string LimitWithoutUnit = "WF0210";
    // Legs: WF04xx.

    /// <summary>A leg that is not defined, or that no state waits for.</summary>
    public const string UnknownLeg = "WF0401";

    /// <summary>What a leg says about its unit cannot be read.</summary>
    public const string LegUnit = "WF0402";

    /// <summary>A state's legs and the way on from them do not fit.</summary>
    public const string Join = "WF0403";

    /// <summary>A state whose legs and whose ways out do not fit: it may wait for ever, or be left while legs run.</summary>
    public const string UnsynchronisedJoin = "WF0410";

    /// <summary>A leg follows a procedure that the catalogue lacks.</summary>
    public const string UnknownLegProcedure = "WF0411";

    /// <summary>Several agencies work at once and none of them leads.</summary>
    public const string NoLeadingLeg = "WF0412";

    // Time: WF03xx.

    /// <summary>A calendar contradicts itself or does not cover what it should.</summary>
    public const string Calendar = "WF0301";

    /// <summary>The time limits of the steps add up to more than the legal limit.</summary>
    public const string StepsExceedLimit = "WF0302";

    /// <summary>The time limits of the legs, one after the other where they wait for one another, and of the steps add up to more than the legal limit.</summary>
    public const string LegsExceedLimit = "WF0303";

    /// <summary>Steps and legal limit are counted in different units, and the steps end after the limit though no holiday is in between.</summary>
    public const string MixedTimeUnits = "WF0304";

    /// <summary>A budget that does not exist, is not used, is larger than the legal limit, or is given to a step with a limit of its own.</summary>
    public const string Budget = "WF0305";

    /// <summary>On some day of the calendar the legal limit leaves less time than the steps may take, because of its days off or of the hour.</summary>
    public const string WorstStart = "WF0306";

    /// <summary>A state that waits for others, and nothing says for how long.</summary>
    public const string WaitsWithoutLimit = "WF0307";

    // Tables of timed steps: WF05xx.

    /// <summary>The steps of a table do not add up to the total that it states.</summary>
    public const string StepsDoNotAddUp = "WF0501";

    /// <summary>A cell that should hold a time holds something else.</summary>
    public const string UnreadableTime = "WF0502";

    /// <summary>Two steps of a table bear the same label.</summary>
    public const string DuplicateStep = "WF0503";

    /// <summary>A table states no total to compare its steps with.</summary>
    public const string NoStatedTotal = "WF0504";

    /// <summary>A table counts in units that cannot be added.</summary>
    public const string MixedUnits = "WF0505";

    /// <summary>The steps of a table are not in the order of their labels.</summary>
    public const string StepOrder = "WF0506";

    /// <summary>A table states no unit of time.</summary>
    public const string NoTimeUnit = "WF0507";

    /// <summary>The steps of a table add up in one of several readings alone.</summary>
    public const string AssumedReading = "WF0508";

    /// <summary>The rows of a table contradict one another.</summary>
    public const string MixedTable = "WF0509";

    /// <summary>No time is stated for a step, nor one that it could share.</summary>
    public const string NoStepTime = "WF0510";

    /// <summary>A file of step tables cannot be read as one.</summary>
    public const string StepTableFile = "WF0511";
    // Units over time and their reorganisation: WF06xx.

    /// <summary>A unit exists, or stands below another, when it cannot.</summary>
    public const string UnitPeriod = "WF0601";

    /// <summary>The successor of a unit does not fit it.</summary>
    public const string UnitSuccessor = "WF0602";

    /// <summary>A change of a plan is none of merge, split, move and dissolve, or contradicts another one.</summary>
    public const string PlanChange = "WF0603";

    /// <summary>A unit of a plan does not exist when it should, or does when it should not.</summary>
    public const string PlanUnit = "WF0604";

    /// <summary>The rules by which a split hands its dossiers over are not sound.</summary>
    public const string PlanRules = "WF0605";

    /// <summary>The tree that a plan would make is not sound.</summary>
    public const string PlanTree = "WF0606";
    // Migrations: WF07xx.

    /// <summary>A mapping of states names other versions than those that it is used for.</summary>
    public const string MigrationVersions = "WF0701";

    /// <summary>A mapping of states names a state that the version does not have, or one twice.</summary>
    public const string MigrationState = "WF0702";

    /// <summary>A state is both mapped and blocked.</summary>
    public const string MigrationBlocked = "WF0703";
}
