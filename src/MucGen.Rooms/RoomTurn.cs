using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// One input on its way to events and deliveries. Rules read <see cref="Room"/>, change it by <see cref="Record"/> and speak by
/// <see cref="Send"/>, and ask by <see cref="Ask"/>; they do nothing else. One instance serves an actor for all its turns.
/// </summary>
/// <remarks>
/// After a turn the host owns every event and every delivery: it gives events to the journal and then calls
/// <see cref="RoomEvent.Release"/>, carries the deliveries out in order (after the commit when <see cref="MustCommitFirst"/>) and disposes
/// of their payloads. It answers the questions, each by a later input. Then <see cref="Begin"/> starts the next turn.
/// </remarks>
[DispatchContext]
public sealed partial class RoomTurn : StanzaTurn
{
    private Room? room;
    private Stanza? stanza;
    private Jid? from;
    private Jid? to;

    /// <summary>A turn to be used over and over.</summary>
    public RoomTurn(IIdSource ids) => Ids = ids;

    /// <summary>The room whose turn it is; its state is what the events so far made of it.</summary>
    public Room Room => room ?? throw NotBegun();

    /// <summary>When the input came.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The service's options.</summary>
    public RoomPolicy Policy => Room.Policy;

    /// <summary>Fresh identifiers.</summary>
    public IIdSource Ids { get; }

    /// <summary>What happened, in order.</summary>
    public List<RoomEvent> Events { get; } = [];

    /// <summary>What is to be sent, in order.</summary>
    public List<Delivery> Deliveries { get; } = [];

    /// <summary>What the rules must know of the past before they can go on; the host answers when the events are with the journal.</summary>
    public List<RoomQuestion> Questions { get; } = [];

    /// <summary>Whether some event of this turn must be on disk before anything is delivered.</summary>
    public bool MustCommitFirst { get; private set; }

    /// <summary>
    /// How many deliveries the last gate held back since the turn was made: each is a mistake of a rule that would have given an
    /// address away. Never anything but 0; hosts count and log it.
    /// </summary>
    public int Withheld { get; private set; }

    /// <inheritdoc/>
    public override Stanza Stanza => stanza ?? throw NotBegun();

    /// <inheritdoc/>
    public override ElementView Root => Stanza.Root;

    /// <inheritdoc/>
    public override Jid From => from ?? throw NotBegun();

    /// <summary>The address of the stanza: the room, or an occupant JID.</summary>
    public Jid To => to ?? throw NotBegun();

    /// <summary>The sender's session in the room; null when the sender is not in it.</summary>
    public OccupantSession? Sender { get; private set; }

    /// <summary>The sender as an occupant; null when the sender is not in the room.</summary>
    public Occupant? SenderOccupant => Sender?.Occupant;

    /// <summary>The sender's role; none when not in the room.</summary>
    public MucRole SenderRole => Sender?.Occupant.Role ?? MucRole.None;

    /// <summary>The sender's affiliation.</summary>
    public MucAffiliation SenderAffiliation => Room.AffiliationOf(Sender?.Occupant.BareJid ?? From.Bare);

    /// <summary>Starts a turn of this room; the last one's events and deliveries are the host's.</summary>
    public void Begin(Room room, DateTimeOffset now)
    {
        this.room = room;
        Now = now;
        Events.Clear();
        Deliveries.Clear();
        Questions.Clear();
        MustCommitFirst = false;
        stanza = null;
        from = to = null;
        Sender = null;
    }

    /// <summary>Gives back every event, delivery and question that nobody took over.</summary>
    public void Discard()
    {
        foreach (var change in Events)
            change.Release();
        foreach (var delivery in Deliveries)
            delivery.Payload.Dispose();
        foreach (var question in Questions)
            question.Stanza.Dispose();
        Events.Clear();
        Deliveries.Clear();
        Questions.Clear();
    }

    /// <summary>Changes the room: the event takes effect at once and goes to the journal.</summary>
    public void Record(RoomEvent change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Room.Apply(change);
        Events.Add(change);
        MustCommitFirst |= change.IsDurable;
    }

    /// <summary>
    /// Asks the archive because of the stanza of this turn. The rule goes on in a later turn, of which the same stanza is; by then everything may have
    /// changed, rights too, so it judges anew.
    /// </summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="then">Goes on with the answer, which is never that of a failed store: that one is refused before.</param>
    /// <param name="holdsRoom">Whether nothing else may happen in the room meanwhile. Everybody in it waits for the disk then.</param>
    public void Ask(ArchiveQuery query, Action<RoomTurn, ArchivePage> then, bool holdsRoom = false) =>
        Questions.Add(new RoomQuestion(query, then, Stanza.Retain(), From, To, Room.Incarnation, holdsRoom));

    /// <summary>
    /// The last gate: adds a delivery, unless the payload is not from this room or shows an address that the recipient may not see.
    /// </summary>
    /// <param name="payload">A sealed payload; the caller keeps its own lease.</param>
    /// <param name="recipient">Whom it goes to.</param>
    public void Send(Payload payload, Jid recipient)
    {
        if (!IsOurs(payload.From) || (payload.Reveals is { } subject && !Room.MaySeeAddress(recipient, subject)))
        {
            Withheld++;
            return;
        }
        Deliveries.Add(new Delivery(payload.Retain(), recipient));
    }

    /// <summary>Sends to every session in the room.</summary>
    public void SendToAll(Payload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var sessions = Room.Occupants.SessionSpan;
        if (payload.Reveals is not null || !IsOurs(payload.From))
        {
            foreach (var session in sessions)
                Send(payload, session.FullJid);
            return;
        }
        // What may go to everybody passes the gate once, and takes its leases at once.
        payload.Retain(sessions.Length);
        Deliveries.EnsureCapacity(Deliveries.Count + sessions.Length);
        foreach (var session in sessions)
            Deliveries.Add(new Delivery(payload, session.FullJid));
    }

    /// <summary>Answers with an error, if the stanza may be answered at all.</summary>
    public override void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, XmlText text = default) =>
        ErrorReply.Send(this, condition, type ?? condition.DefaultType(), text);

    /// <summary>Answers with an error that a rule decided on.</summary>
    public void Refuse(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        ErrorReply.Send(this, refusal.Condition, refusal.Type, refusal.Text, refusal.Address);
    }

    /// <inheritdoc/>
    public override void Malformed(in ReadError error) => Refuse(error.Condition, StanzaErrorType.Modify, error.ToString());

    internal void Take(in RoomInput input)
    {
        stanza = input.Stanza;
        from = input.From;
        to = input.To;
        Sender = Room.Occupants.Find(input.From!);
    }

    // The address is compared by its parts, which costs no object: the parts of occupant JIDs are the room's own strings.
    private bool IsOurs(Jid? sender) => sender is not null && sender.Local == Room.Address.Local && sender.Domain == Room.Address.Domain;

    private static InvalidOperationException NotBegun() => new("The turn has no room or no stanza yet.");
}
