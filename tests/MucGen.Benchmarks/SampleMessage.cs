using System.Text;

namespace MucGen.Benchmarks;

/// <summary>The groupchat message that the figures of the XML layer are about: 343 bytes, as a client sends it.</summary>
internal static class SampleMessage
{
    public const int Length = 343;

    public const string Header =
        "<?xml version='1.0'?><stream:stream to='shakespeare.lit' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

    public const string Text =
        "<message to='coven@chat.shakespeare.lit' from='hag66@shakespeare.lit/pda' type='groupchat' id='hysf1v37' xml:lang='en'>"
        + "<body>Harpier cries: &apos;tis time, 'tis time. Round about the cauldron go; in the entrails!</body>"
        + "<active xmlns='http://jabber.org/protocol/chatstates'/><origin-id xmlns='urn:xmpp:sid:0' id='de305d54-75b4-431b'/></message>";

    /// <summary>The message as UTF-8.</summary>
    public static byte[] Utf8()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        return bytes.Length == Length ? bytes : throw new InvalidOperationException($"The sample has {bytes.Length} bytes, not {Length}.");
    }
}
