using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>What running a command came to.</summary>
public abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary>The command did its work, and its session is over.</summary>
    /// <param name="note">A sentence for people; null for none.</param>
    /// <param name="result">Writes a form of type result; null for none.</param>
    public static CommandOutcome Done(string? note = null, StanzaContent? result = null) => new Completed(note, result);

    /// <summary>The command did nothing; a session goes on, so that another form may be submitted.</summary>
    public static CommandOutcome Refused(StanzaErrorCondition condition, string text, StanzaErrorType? type = null) =>
        new Failed(IqAnswer.Error(condition, text, type));

    /// <summary>The form cannot be taken (4.4).</summary>
    public static CommandOutcome BadPayload(string text) =>
        new Failed(IqAnswer.Error(StanzaErrorCondition.BadRequest, text, detail: CommandBadPayloadWriter.Write));

    /// <summary>A field of the form cannot be taken (4.4).</summary>
    public static CommandOutcome BadPayload(in FormError error) => BadPayload(error.Text);

    /// <summary>It is not known yet. Not for rooms, which wait for nothing.</summary>
    public static CommandOutcome Later(Func<Task<CommandOutcome>> work) => new Pending(work);

    /// <summary>A later turn of the same request knows it, and answers by <see cref="CommandList{TTurn}.Answer"/>. This is how a room waits.</summary>
    public static CommandOutcome InALaterTurn { get; } = new Awaited();

    internal sealed record Awaited : CommandOutcome;

    internal sealed record Completed(string? Note, StanzaContent? Result) : CommandOutcome;

    internal sealed record Failed(IqAnswer Error) : CommandOutcome;

    internal sealed record Pending(Func<Task<CommandOutcome>> Work) : CommandOutcome;
}
