using System.Text;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Answers and messages of the room itself.</summary>
public sealed partial class RoomTurn
{
    private const int IdLength = 20;

    /// <summary>Answers the iq with an empty result.</summary>
    public void Result()
    {
        var payload = StartResult(out var writer);
        SendResult(payload, ref writer);
    }

    /// <summary>
    /// Starts an iq result to the sender; the caller writes the content and ends with <see cref="SendResult"/>.
    /// </summary>
    /// <param name="writer">Stands inside the iq.</param>
    public Payload StartResult(out XmppWriter writer) => IqResult.Start(Root, To, out writer);

    /// <summary>Ends and sends what <see cref="StartResult"/> started.</summary>
    /// <param name="payload">The result; its lease is given back.</param>
    /// <param name="writer">The writer of that result.</param>
    /// <param name="reveals">Whose real address is in it, if the gate shall watch over it.</param>
    public void SendResult(Payload payload, ref XmppWriter writer, Jid? reveals = null)
    {
        IqResult.End(payload, To, ref writer, reveals);
        Send(payload, From);
        payload.Dispose();
    }

    /// <summary>Answers the iq with what a rule has decided.</summary>
    public void Answer(IqAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Content is { } content)
        {
            var payload = StartResult(out var writer);
            content(ref writer);
            SendResult(payload, ref writer);
        }
        else if (ErrorReply.Compose(Root, To, Room.Address, answer.Condition, answer.Type, answer.Text, answer.Detail) is { } error)
        {
            Send(error, From);
            error.Dispose();
        }
    }

    /// <summary>A fresh id as a string.</summary>
    internal string FreshId()
    {
        Span<byte> fresh = stackalloc byte[IdLength];
        Ids.Next(fresh);
        return Encoding.ASCII.GetString(fresh);
    }

    /// <summary>Starts a message from the room, or from one of its occupants; the caller writes the content and ends with <see cref="EndMessage"/>.</summary>
    /// <param name="writer">Stands inside the message.</param>
    /// <param name="type">The type attribute; absent means normal.</param>
    /// <param name="from">The sender; the room itself when null.</param>
    /// <param name="id">The id, when the message passes on somebody's; a fresh one when absent.</param>
    public Payload StartMessage(out XmppWriter writer, XmlText type = default, Jid? from = null, XmlText id = default)
    {
        var payload = Payload.Rent();
        writer = new XmppWriter(payload);
        writer.Raw("<message"u8);
        writer.Attribute("type"u8, type);
        if (id.IsPresent)
        {
            writer.Attribute("id"u8, id);
        }
        else
        {
            Span<byte> fresh = stackalloc byte[IdLength];
            Ids.Next(fresh);
            writer.Attribute("id"u8, new XmlText((ReadOnlySpan<byte>)fresh));
        }
        writer.Attribute("from"u8, from ?? Room.Address);
        writer.Raw(">"u8);
        return payload;
    }

    /// <summary>Ends a message, which can then be sent with <see cref="Send"/> or <see cref="SendToAll"/>; the caller keeps the lease.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="writer">The writer of that message.</param>
    /// <param name="from">As it was started.</param>
    /// <param name="reveals">Whose real address is in it.</param>
    public Payload EndMessage(Payload payload, ref XmppWriter writer, Jid? from = null, Jid? reveals = null)
    {
        writer.Raw("</message>"u8);
        writer.Flush();
        payload.Seal(from ?? Room.Address, reveals);
        return payload;
    }
}
