namespace Workflow.Core.Dossiers;

/// <summary>Who a dossier is for. Personal data: kept apart from everything else so that it can be erased.</summary>
/// <param name="Name">The person's or organisation's name.</param>
public sealed record Applicant(string Name)
{
    /// <summary>The number of the identity document, or null.</summary>
    public string? IdNumber { get; init; }

    /// <summary>The address, or null.</summary>
    public string? Address { get; init; }

    /// <summary>The telephone number, or null.</summary>
    public string? Phone { get; init; }

    /// <summary>The e-mail address, or null.</summary>
    public string? Email { get; init; }

    /// <summary>Says that something personal stands here, and nothing of it, so that no log shows it.</summary>
    public override string ToString() => "(an applicant)";
}

/// <summary>A document that was handed in.</summary>
/// <param name="Code">The code of the procedure's document definition.</param>
/// <param name="Originals">How many originals were handed in.</param>
/// <param name="Copies">How many copies.</param>
public sealed record SubmittedDocument(string Code, int Originals = 0, int Copies = 0)
{
    /// <summary>The SHA-256 of the file's content in lower-case hexadecimal, or null when there is no file.</summary>
    public string? ContentHash { get; init; }
}

/// <summary>A value of a field, as text in the form of the field's type.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Value">The value.</param>
public sealed record FieldValue(string Name, string Value);

/// <summary>Money that was paid.</summary>
/// <param name="Amount">In dong, above 0.</param>
/// <param name="Method">How it was paid, such as <c>online</c>, <c>cash</c> or <c>transfer</c>.</param>
/// <param name="Reference">The reference of the payment, or null.</param>
public sealed record Payment(long Amount, string Method, string? Reference = null);

/// <summary>The personal part of a recorded fact.</summary>
public sealed record PersonalData
{
    /// <summary>The applicant, or null.</summary>
    public Applicant? Applicant { get; init; }

    /// <summary>The values of fields that the procedure declares personal.</summary>
    public IReadOnlyList<FieldValue> Fields { get; init; } = [];

    /// <summary>Free text of a person, such as a reason; it may name somebody.</summary>
    public string? Note { get; init; }

    /// <summary>Says that something personal stands here, and nothing of it, so that no log shows it.</summary>
    public override string ToString() => "(personal data)";
}
