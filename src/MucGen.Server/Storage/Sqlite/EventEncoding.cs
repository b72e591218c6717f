using System.Buffers.Binary;
using System.Text.Json;
using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>
/// Events as rows. A relayed message, the one event that is written all the time, has a form of its own that costs no object:
/// mark, time (UTC ticks), length and text of the occupant's address, length and text of the sender's, then the stanza. The mark says where the message is
/// kept: in the history (the one mark of journals before there were archives), in the archive, or in both; and whether it counts as something said. All
/// else is JSON.
/// </summary>
internal static class EventEncoding
{
    private const byte LowestMark = (byte)MessageKeeping.History;
    private const byte HighestMark = (byte)(MessageKeeping.History | MessageKeeping.Archive | MessageKeeping.Activity);
    private const byte JsonMark = (byte)'{';
    private const int MessageHead = 1 + sizeof(long) + (2 * sizeof(int));

    [ThreadStatic]
    private static PooledBufferWriter? body;

    [ThreadStatic]
    private static Utf8JsonWriter? jsonWriter;

    /// <summary>Writes an event; the bytes are valid until this thread encodes the next one.</summary>
    public static ReadOnlySpan<byte> Encode(RoomEvent e)
    {
        var buffer = body ??= new PooledBufferWriter();
        buffer.Clear();
        if (e is MessageRelayed message)
            Encode(message, buffer);
        else
            EncodeJson(e, buffer);
        return buffer.WrittenSpan;
    }

    /// <summary>Reads what <see cref="Encode(RoomEvent)"/> wrote.</summary>
    /// <exception cref="StorageFailedException">The bytes are no event that this build knows.</exception>
    public static RoomEvent Decode(ReadOnlySpan<byte> body)
    {
        if (body.Length > MessageHead && body[0] is >= LowestMark and <= HighestMark)
            return DecodeMessage(body);
        try
        {
            if (body.Length > 0 && body[0] == JsonMark && JsonSerializer.Deserialize(body, JournalJson.Event) is { } e)
                return e;
        }
        catch (JsonException cause)
        {
            throw new StorageFailedException("The journal has an event that this mucgen cannot read; it was written by another version.", cause);
        }

        throw new StorageFailedException("The journal has an event that this mucgen cannot read; it was written by another version.");
    }

    private static void EncodeJson(RoomEvent e, PooledBufferWriter output)
    {
        var writer = jsonWriter ??= new Utf8JsonWriter(output);
        writer.Reset(output);
        JsonSerializer.Serialize(writer, e, JournalJson.Event);
        writer.Flush();
    }

    private static void Encode(MessageRelayed message, PooledBufferWriter output)
    {
        var stanza = message.Payload.Bytes;
        var from = message.Payload.From!.Utf8;
        var sender = message.Sender.Utf8;
        var length = MessageHead + from.Length + sender.Length + stanza.Length;
        var rest = output.GetSpan(length);
        rest[0] = (byte)message.Keeping;
        BinaryPrimitives.WriteInt64LittleEndian(rest[1..], message.At.UtcTicks);
        rest = rest[(1 + sizeof(long))..];
        rest = Write(rest, from);
        rest = Write(rest, sender);
        stanza.CopyTo(rest);
        output.Advance(length);
    }

    private static Span<byte> Write(Span<byte> rest, ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(rest, text.Length);
        text.CopyTo(rest[sizeof(int)..]);
        return rest[(sizeof(int) + text.Length)..];
    }

    /// <summary>Looks into an encoded message without making an object of it.</summary>
    public static EncodedMessage ReadMessage(ReadOnlySpan<byte> body)
    {
        var at = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(body[1..]), TimeSpan.Zero);
        var rest = body[(1 + sizeof(long))..];
        var from = ReadText(ref rest);
        var sender = ReadText(ref rest);
        return new EncodedMessage((MessageKeeping)body[0], at, from, sender, rest);
    }

    private static MessageRelayed DecodeMessage(ReadOnlySpan<byte> body)
    {
        var message = ReadMessage(body);
        return new MessageRelayed(new Markup(message.Stanza.ToArray()), ReadJid(message.From), ReadJid(message.Sender), message.At, message.Keeping);
    }

    private static ReadOnlySpan<byte> ReadText(scoped ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var text = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return text;
    }

    private static Jid ReadJid(ReadOnlySpan<byte> text) => Jid.TryParse(text, out var jid, out _)
        ? jid
        : throw new StorageFailedException("The journal has an address that this mucgen cannot read; it was written by another version.");
}

/// <summary>A relayed message as its bytes in the journal say.</summary>
/// <param name="keeping">Where it is kept.</param>
/// <param name="at">When the room received it.</param>
/// <param name="from">The address that it was from.</param>
/// <param name="sender">The real address of who wrote it.</param>
/// <param name="stanza">The message without <c>to</c>.</param>
internal readonly ref struct EncodedMessage(
    MessageKeeping keeping, DateTimeOffset at, ReadOnlySpan<byte> from, ReadOnlySpan<byte> sender, ReadOnlySpan<byte> stanza)
{
    public MessageKeeping Keeping { get; } = keeping;

    public DateTimeOffset At { get; } = at;

    public ReadOnlySpan<byte> From { get; } = from;

    public ReadOnlySpan<byte> Sender { get; } = sender;

    public ReadOnlySpan<byte> Stanza { get; } = stanza;
}
