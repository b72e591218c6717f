using System.Buffers.Binary;
using System.Text.Json;
using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage.Sqlite;

/// <summary>
/// Events as rows. A relayed message, the one event that is written all the time, has a form of its own that costs no object:
/// mark, time (UTC ticks), length and text of the occupant's address, length and text of the sender's, then the stanza. All else is JSON.
/// </summary>
internal static class EventEncoding
{
    private const byte MessageMark = 1;
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
        if (body.Length > MessageHead && body[0] == MessageMark)
            return DecodeMessage(body[1..]);
        try
        {
            if (body.Length > 0 && body[0] == JsonMark && JsonSerializer.Deserialize(body, RoomEventJson.Default.RoomEvent) is { } e)
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
        JsonSerializer.Serialize(writer, e, RoomEventJson.Default.RoomEvent);
        writer.Flush();
    }

    private static void Encode(MessageRelayed message, PooledBufferWriter output)
    {
        var stanza = message.Payload.Bytes;
        var from = message.Payload.From!.Utf8;
        var sender = message.Sender.Utf8;
        var length = MessageHead + from.Length + sender.Length + stanza.Length;
        var rest = output.GetSpan(length);
        rest[0] = MessageMark;
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

    private static MessageRelayed DecodeMessage(ReadOnlySpan<byte> rest)
    {
        var at = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(rest), TimeSpan.Zero);
        rest = rest[sizeof(long)..];
        var from = ReadJid(ref rest);
        var sender = ReadJid(ref rest);
        return new MessageRelayed(new Markup(rest.ToArray()), from, sender, at);
    }

    private static Jid ReadJid(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var text = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return Jid.TryParse(text, out var jid, out _)
            ? jid
            : throw new StorageFailedException("The journal has an address that this mucgen cannot read; it was written by another version.");
    }
}
