using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>What the turns of the served domain and of its accounts have in common: one stanza, and answers to it.</summary>
public abstract class ServerTurn : StanzaTurn
{
    private Stanza? stanza;
    private Jid? from;
    private int answerStart;

    /// <inheritdoc/>
    public override Stanza Stanza => stanza ?? throw new InvalidOperationException("This turn has no stanza.");

    /// <inheritdoc/>
    public override Jid From => from ?? throw new InvalidOperationException("This turn has no sender.");

    /// <summary>The prepared address that the stanza is for; null when it names none, which means the sender's own account.</summary>
    public Jid? To { get; private set; }

    /// <summary>The language of the sender's stream, for a stanza that names none.</summary>
    public string? Language { get; private set; }

    /// <summary>What handlers may use.</summary>
    public abstract AccountServices Services { get; }

    /// <summary>What the turn has composed.</summary>
    internal PooledBufferWriter Output { get; } = new();

    /// <summary>What goes on after the turn, for requests that wait for the store or take long; null for most.</summary>
    internal Func<ServerReply, Task>? Continuation { get; private set; }

    /// <summary>Starts the answer to an iq, ready for its payload; <see cref="EndResult"/> ends and sends it.</summary>
    public XmppWriter StartResult()
    {
        answerStart = Output.WrittenCount;
        var writer = new XmppWriter(Output);
        ServerReply.WriteResultStart(ref writer, Root, To, From);
        writer.Raw(">"u8);
        return writer;
    }

    /// <summary>Ends the answer that <see cref="StartResult"/> began, and sends it.</summary>
    public void EndResult(ref XmppWriter writer)
    {
        writer.Raw("</iq>"u8);
        writer.Flush();
        Answer(answerStart..Output.WrittenCount);
    }

    /// <summary>Answers an iq with an empty result.</summary>
    public void Acknowledge()
    {
        var start = Output.WrittenCount;
        var writer = new XmppWriter(Output);
        ServerReply.WriteResultStart(ref writer, Root, To, From);
        writer.Raw("/>"u8);
        writer.Flush();
        Answer(start..Output.WrittenCount);
    }

    /// <inheritdoc/>
    public override void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, XmlText text = default) =>
        Refuse(IqAnswer.Error(condition, text.ToStringOrNull(), type));

    /// <summary>Answers with an error that a rule has decided on.</summary>
    internal void Refuse(IqAnswer error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (!StanzaError.MayAnswer(Root))
            return;
        var start = Output.WrittenCount;
        StanzaError.Write(Output, Root, To, From, error);
        Answer(start..Output.WrittenCount);
    }

    /// <summary>Leaves the answer to work that waits for something else; it answers through the reply that it is given.</summary>
    public void Later(Func<ServerReply, Task> work) => Continuation = work;

    /// <summary>Sends a composed answer to whoever asked.</summary>
    protected abstract void Answer(Range composed);

    /// <summary>Sets what the turn is about, and forgets the turn before.</summary>
    protected void Begin(Stanza? about, Jid? sender, Jid? to, string? language)
    {
        stanza = about;
        from = sender;
        To = to;
        Language = language;
        Continuation = null;
        Output.Clear();
    }
}
