using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>A message of the server itself: a headline, which wants no answer (RFC 6121 5.2.2).</summary>
internal static class Announcement
{
    /// <summary>Writes one for a session.</summary>
    public static void Write(PooledBufferWriter output, string domain, Jid to, string text)
    {
        var writer = new XmppWriter(output);
        var message = MessageWriter.Start(ref writer, type: MessageType.Headline, from: domain, to: to);
        message.Body(text);
        message.End();
        writer.Flush();
    }
}
