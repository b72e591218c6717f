using System.Buffers;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>Answers a stanza with an error (RFC 6120 8.3): the same kind and id, addresses swapped.</summary>
internal static class StanzaError
{
    /// <summary>Whether a stanza may be answered by an error at all: errors and results may not (RFC 6120 8.3.1, 8.2.3).</summary>
    public static bool MayAnswer(ElementView stanza)
    {
        var type = stanza.Attribute("type"u8);
        return !type.Equals("error"u8) && !(stanza.Key == IqView.Key && type.Equals("result"u8));
    }

    /// <summary>Writes the error.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="stanza">What is refused.</param>
    /// <param name="from">Who refuses; absent for the client's own account.</param>
    /// <param name="to">Who sent it; absent for a client that has no address yet.</param>
    /// <param name="condition">Why.</param>
    /// <param name="type">What the sender may do; by default what goes with the condition.</param>
    /// <param name="text">A sentence for people.</param>
    public static void Write(
        IBufferWriter<byte> output,
        ElementView stanza,
        XmlText from,
        Jid? to,
        StanzaErrorCondition condition,
        StanzaErrorType? type = null,
        string? text = null) =>
        Write(output, stanza, from, to, IqAnswer.Error(condition, text, type));

    /// <summary>Writes an error that was decided on.</summary>
    public static void Write(IBufferWriter<byte> output, ElementView stanza, XmlText from, Jid? to, IqAnswer refusal)
    {
        var writer = new XmppWriter(output);
        writer.Raw("<"u8);
        writer.Raw(stanza.LocalName);
        writer.Raw(" type='error'"u8);
        writer.Attribute("id"u8, stanza.Attribute("id"u8));
        writer.Attribute("from"u8, from);
        writer.Attribute("to"u8, to);
        writer.Raw(">"u8);
        var error = StanzaErrorWriter.Start(ref writer, refusal.Type);
        error.Condition(refusal.Condition);
        error.Text(refusal.Text, lang: refusal.Text is null ? default : "en");
        refusal.Detail?.Invoke(ref writer);
        error.End();
        writer.Raw("</"u8);
        writer.Raw(stanza.LocalName);
        writer.Raw(">"u8);
        writer.Flush();
    }
}
