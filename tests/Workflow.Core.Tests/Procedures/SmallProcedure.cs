namespace Workflow.Core.Tests.Procedures;

/// <summary>A sound procedure file with every kind of part, for tests that spoil one of them.</summary>
internal static class SmallProcedure
{
    public const string Text = """
        procedure: 1.010040
        version: 2
        name: { vi: Cấp giấy, en: A permit }
        sector: Thử nghiệm
        levels: [commune, district]
        online: 4
        channels: [direct, online]
        limit: 3 working days
        clock: resume
        supplements: 1
        supplement-notice: 2 working days
        sources: [a record]
        unverified: [fee]
        roles: [reception, head, applicant]
        fields:
          child-name: { type: text, required: true, personal: true, label: { vi: Tên trẻ, en: Name } }
        documents:
          form: { vi: Tờ khai, en: Form, originals: 1, copies: 2, required: false }
        fees:
          copy: { vi: Bản sao, en: Copy, amount: 8000, per: copy }
        triggers:
          approve: { act: sign, by: head, label: { vi: Duyệt, en: Approve } }
        states:
          submitted:
            initial: true
            label: { vi: Mới, en: New }
            status: 1
            role: reception
            on:
              accept: received
              refuse: { to: refused, by: [head, reception] }
          received:
            status: 2
            role: reception
            limit: 0.5 working days
            on:
              request-payment: awaiting-payment
              approve: { to: ready, if: [fees-paid, documents-complete] }
          awaiting-payment:
            status: 6
            role: applicant
            timeout: { after: 15 working days, fire: give-up }
            on:
              pay: [{ to: processing, if: fees-paid }, { to: awaiting-payment, if: fees-due }]
              give-up: stopped
          processing:
            status: 4
            role: head
            on:
              approve: ready
          ready:
            status: 9
            role: reception
            on:
              return-result: returned
          returned:
            status: 10
            final: true
          refused:
            status: 3
            final: true
          stopped:
            status: 8
            final: true

        """;

    /// <summary>The file with one passage replaced, which must be there exactly once.</summary>
    public static string With(string passage, string replacement)
    {
        var text = Text.ReplaceLineEndings("\n");
        Assert.Equal(2, text.Split(passage).Length);
        return text.Replace(passage, replacement, StringComparison.Ordinal);
    }

    /// <summary>The line, from 1, on which a passage begins.</summary>
    public static int LineOf(string text, string passage) => text[..text.IndexOf(passage, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
}
