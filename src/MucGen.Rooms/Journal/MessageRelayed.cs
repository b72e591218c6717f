using System.Text.Json.Serialization;
using MucGen.Rooms.Archive;
using MucGen.Xml;

namespace MucGen.Rooms.Journal;

/// <summary>
/// A message went to the room and is worth keeping (XEP-0045 7.2.13, XEP-0313). There is one for every such message, so they are pooled and hold
/// the very payload that is sent and remembered.
/// </summary>
public sealed record MessageRelayed : RoomEvent
{
    private const int MostKept = 1024;
    private static readonly FixedPool<MessageRelayed> Pool = new(MostKept);

    private Payload? payload;

    /// <summary>For reading a journal; rules use <see cref="Rent"/>.</summary>
    /// <param name="stanza">The message as it was sent, without <c>to</c>.</param>
    /// <param name="from">The occupant JID that it was from.</param>
    /// <param name="sender">The real JID of who wrote it.</param>
    /// <param name="at">When the room received it.</param>
    /// <param name="keeping">Who will see it again.</param>
    [JsonConstructor]
    public MessageRelayed(Markup stanza, Jid from, Jid sender, DateTimeOffset at, MessageKeeping keeping = MessageKeeping.History)
    {
        Keeping = keeping;
        payload = Payload.Copy(stanza.Utf8, from);
        Sender = sender;
        At = at;
    }

    private MessageRelayed()
    {
        Sender = null!;
    }

    /// <summary>The message as it was sent, without <c>to</c>.</summary>
    [JsonIgnore]
    public Payload Payload => payload ?? throw new ObjectDisposedException(nameof(MessageRelayed));

    /// <summary>The same as a value, for the journal's JSON.</summary>
    public Markup Stanza => new(Payload.Bytes.ToArray());

    /// <summary>The occupant JID that it was from.</summary>
    public Jid From => Payload.From!;

    /// <summary>
    /// The real JID of who wrote it, full in all but old journals; the room's address for its own messages. For moderators and the archive.
    /// </summary>
    public Jid Sender { get; private set; }

    /// <summary>When the room received it.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who will see it again: those who enter, those who read the archive, or both; and whether it counts as something said.</summary>
    public MessageKeeping Keeping { get; private set; }

    /// <summary>The id that the room gave it (XEP-0359), by which archive, history and live message are the same.</summary>
    [JsonIgnore]
    public ReadOnlySpan<byte> Id => RelayedStanza.IdOf(Payload.Bytes);

    /// <summary>An event for this message; takes one more lease on the payload.</summary>
    public static MessageRelayed Rent(Payload payload, Jid sender, DateTimeOffset at, MessageKeeping keeping)
    {
        if (!Pool.TryTake(out var relayed))
            relayed = new MessageRelayed();
        relayed.payload = payload.Retain();
        relayed.Sender = sender;
        relayed.At = at;
        relayed.Keeping = keeping;
        return relayed;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        if (Interlocked.Exchange(ref payload, null) is not { } held)
            return;
        held.Dispose();
        Pool.Put(this);
    }

    /// <inheritdoc/>
    protected internal override void ApplyTo(Room room)
    {
        if ((Keeping & MessageKeeping.History) != MessageKeeping.None) // HasFlag would box
            room.History.Add(Payload, At, Sender.Bare);
        if ((Keeping & MessageKeeping.Activity) != MessageKeeping.None)
            room.Activity.Count(At);
    }
}

/// <summary>Where a message stays after it was relayed.</summary>
[Flags]
public enum MessageKeeping : byte
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In what newcomers get on entering (XEP-0045 7.2.13).</summary>
    History = 1,

    /// <summary>In the archive (XEP-0313).</summary>
    Archive = 2,

    /// <summary>In the count of what is said (XEP-0502), beside one of the others.</summary>
    Activity = 4,
}
