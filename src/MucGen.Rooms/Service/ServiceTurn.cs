using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>One stanza to the service itself, on its way to an answer. Used over and over by one thread at a time.</summary>
/// <remarks>The host carries out and disposes of <see cref="Deliveries"/> after each turn, as for <see cref="RoomTurn"/>.</remarks>
[DispatchContext]
public sealed class ServiceTurn : StanzaTurn, ICommandTurn
{
    private Stanza? stanza;
    private Jid? from;
    private Jid? to;

    /// <summary>A turn of this service.</summary>
    public ServiceTurn(ServicePolicy policy, IRoomDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Policy = policy;
        Directory = directory;
        SearchRate = new SearchRate(policy.MostSearchesPerMinute);
    }

    /// <summary>What holds for the service.</summary>
    public ServicePolicy Policy { get; }

    /// <summary>The rooms that the service lists.</summary>
    public IRoomDirectory Directory { get; }

    /// <summary>Fresh identifiers.</summary>
    public IIdSource Ids { get; init; } = new RandomIds();

    /// <summary>How often each person may search.</summary>
    internal SearchRate SearchRate { get; }

    /// <summary>What is to be sent, in order.</summary>
    public List<Delivery> Deliveries { get; } = [];

    /// <summary>When the stanza came.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>What the sender wants to hear of rooms from now on, for the host to see to.</summary>
    public ActivityWish Activity { get; internal set; }

    /// <summary>An answer that takes long, for the host to see to; null for most.</summary>
    public ServiceReply? Pending { get; private set; }

    /// <inheritdoc/>
    Jid ICommandTurn.CommandAddress => Policy.Address;

    /// <inheritdoc/>
    ReadOnlySpan<byte> ICommandTurn.CommandSecret => Policy.CommandSessions.Secret;

    /// <inheritdoc/>
    public override Stanza Stanza => stanza ?? throw NotBegun();

    /// <inheritdoc/>
    public override Jid From => from ?? throw NotBegun();

    /// <summary>The address of the stanza: the service, maybe with a resource.</summary>
    public Jid To => to ?? throw NotBegun();

    /// <summary>Starts a turn; the last one's deliveries are the host's.</summary>
    /// <param name="stanza">The stanza; the caller keeps its lease.</param>
    /// <param name="from">The sender as the server knows it.</param>
    /// <param name="to">The prepared address, a domain with or without resource.</param>
    /// <param name="now">When it came.</param>
    public void Begin(Stanza stanza, Jid from, Jid to, DateTimeOffset now)
    {
        Now = now;
        Pending = null;
        Activity = ActivityWish.None;
        this.stanza = stanza;
        this.from = from;
        this.to = to;
        Deliveries.Clear();
    }

    /// <summary>Answers the iq with an empty result.</summary>
    public void Result()
    {
        var payload = StartResult(out var writer);
        SendResult(payload, ref writer);
    }

    /// <summary>Starts an iq result to the sender; the caller writes the content and ends with <see cref="SendResult"/>.</summary>
    public Payload StartResult(out XmppWriter writer) => IqResult.Start(Root, To, out writer);

    /// <summary>Ends and sends what <see cref="StartResult"/> started.</summary>
    public void SendResult(Payload payload, ref XmppWriter writer)
    {
        IqResult.End(payload, To, ref writer);
        Deliveries.Add(new Delivery(payload, From));
    }

    /// <summary>Answers the iq with what a rule has decided.</summary>
    public void Answer(IqAnswer answer)
    {
        if (ServiceReply.Compose(Root, To, Policy.Address, answer) is { } payload)
            Deliveries.Add(new Delivery(payload, From));
    }

    /// <inheritdoc/>
    public void AnswerLater(Func<Task<IqAnswer>> work) => Pending = new ServiceReply(Stanza, From, To, Policy.Address, work);

    /// <inheritdoc/>
    void ICommandTurn.NextCommandId(Span<byte> id) => Policy.CommandSessions.NextId(id);

    /// <inheritdoc/>
    bool ICommandTurn.HasEnded(string sessionId) => Policy.CommandSessions.HasEnded(sessionId);

    /// <inheritdoc/>
    void ICommandTurn.End(string sessionId) => Policy.CommandSessions.End(sessionId, Now);

    /// <inheritdoc/>
    public override void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, XmlText text = default)
    {
        if (ErrorReply.Compose(Root, To, Policy.Address, condition, type ?? condition.DefaultType(), text) is { } payload)
            Deliveries.Add(new Delivery(payload, From));
    }

    private static InvalidOperationException NotBegun() => new("The turn has no stanza yet.");
}
