using Workflow.Core.Procedures;

namespace Workflow.Core.StepTables;

/// <summary>What the words of a step's role and task tell about it.</summary>
internal static class StepWords
{
    private static readonly string[] s_oneStop =
        ["bo phan tiep nhan", "mot cua", "tn&tkq", "tn va tkq", "tnhs&tkq", "trung tam phuc vu hanh chinh cong", "trung tam hanh chinh cong", "ttpvhcc", "tthcc", "ccmc", "bptn"];

    private static readonly string[] s_applicant =
        ["to chuc, ca nhan", "to chuc/ca nhan", "to chuc, cong dan", "to chuc/cong dan", "ca nhan", "cong dan", "nguoi dan", "nguoi nop", "nguoi yeu cau", "nguoi de nghi", "nguoi su dung dat", "chu dau tu", "doanh nghiep", "duong su", "applicant"];

    private static readonly string[] s_leaders = ["lanh dao", "giam doc", "pho giam doc", "truong phong", "chu tich", "thu truong"];

    private static readonly string[] s_deciding = ["phe duyet", "ky duyet", "ky ban hanh", "ky quyet dinh", "ban hanh quyet dinh", "ky giay", "ky so"];

    private static readonly string[] s_deciders = ["lanh dao", "chu tich", "giam doc", "ubnd", "uy ban nhan dan", "nguoi dung dau", "thu truong"];

    /// <summary>Whether the one-stop shop has the step: its role begins with it, or, for the first step, names it among others.</summary>
    public static bool IsOneStop(StepTableRow row, bool isFirst)
    {
        var role = Role(row);
        return !Begins(role, s_leaders) && s_oneStop.Any(w => isFirst ? role.Contains(w, StringComparison.Ordinal) : role.StartsWith(w, StringComparison.Ordinal));
    }

    /// <summary>Whether the applicant has the step.</summary>
    public static bool IsApplicant(StepTableRow row) => Begins(Role(row), s_applicant);

    /// <summary>Whether the step hands the result over.</summary>
    public static bool IsReturn(StepTableRow row)
    {
        var task = VietnameseText.Fold(row.Task);
        return task.Contains("tra ket qua", StringComparison.Ordinal) || task.Contains("tra cho to chuc", StringComparison.Ordinal) || (task.Length == 0 && IsOneStop(row, isFirst: false));
    }

    /// <summary>Whether the step looks like the decision: a head signs, and hands nothing up for approval.</summary>
    public static bool IsDecision(StepTableRow row)
    {
        var task = VietnameseText.Fold(row.Task);
        return s_deciding.Any(w => task.Contains(w, StringComparison.Ordinal)) && Begins(Role(row), s_deciders) && !IsHandedUp(row);
    }

    /// <summary>Whether the step hands something up for approval.</summary>
    public static bool IsHandedUp(StepTableRow row) => $" {VietnameseText.Fold(row.Task)}".Contains(" trinh ", StringComparison.Ordinal);

    /// <summary>Whether a clerk has the step, who registers and stamps what others signed.</summary>
    public static bool IsClerk(StepTableRow row) => Role(row).Contains("van thu", StringComparison.Ordinal);

    /// <summary>The name of a step's role.</summary>
    public static string RoleName(StepTableRow row, bool isFirst)
    {
        if (IsOneStop(row, isFirst))
        {
            return ProcedureContent.OneStopRole;
        }

        if (IsApplicant(row))
        {
            return ProcedureContent.ApplicantRole;
        }

        var slug = VietnameseText.Slug(row.Role, longest: 60);
        return slug.Length == 0 ? "professional"
            : slug is ProcedureContent.OneStopRole or ProcedureContent.ApplicantRole or ProcedureContent.SystemRole ? slug + "-role"
            : slug;
    }

    private static string Role(StepTableRow row) => VietnameseText.Fold(row.Role).TrimStart('-', '+', '*', '•', ' ');

    private static bool Begins(string text, string[] words) =>
        words.Any(w => text.StartsWith(w, StringComparison.Ordinal) && (text.Length == w.Length || !char.IsAsciiLetter(text[w.Length])));
}
