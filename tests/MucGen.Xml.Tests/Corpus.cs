using System.Text;

namespace MucGen.Xml.Tests;

/// <summary>Frames as peers send them, and some that only a tokeniser could love.</summary>
internal static class Corpus
{
    public const string Header =
        "<?xml version='1.0' encoding='UTF-8'?>\n<stream:stream to='shakespeare.lit' version='1.0' xml:lang='en' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

    public const string Groupchat =
        "<message to='coven@chat.shakespeare.lit' from='hag66@shakespeare.lit/pda' type='groupchat' id='hysf1v37' xml:lang='en'>"
        + "<body>Harpier cries: &apos;tis time, 'tis time.</body><active xmlns='http://jabber.org/protocol/chatstates'/>"
        + "<origin-id xmlns='urn:xmpp:sid:0' id='de305d54-75b4-431b'/></message>";

    public static readonly string[] Stanzas =
    [
        "<iq/>",
        "<presence />",
        "<presence to='a@b/c' ><show >away</show ><status/></presence\n>",
        Groupchat,
        "<iq type=\"get\" id=\"1\"><query xmlns=\"http://jabber.org/protocol/disco#info\"/></iq>",
        "<message><body>&lt;a href=&quot;x&quot;&gt; &amp; &#233; &#x1F600; &#xD;</body></message>",
        "<message><body>a ]] b > c ]> \"'\r\n\r\t</body></message>",
        "<message><body><![CDATA[<not> a & tag ]] ]> ]]]></body><body><![CDATA[]]></body></message>",
        "<message a='>' b=\"/>\" c='\"' d=\"'\" e=']]>'>/></message>",
        "<p:x xmlns:p='urn:p' p:a='1' a='2'><p:y xmlns:p='urn:q' p:a='3'/><q:z xmlns:q='urn:p'/></p:x>",
        "<x xmlns='urn:x'><y xmlns=''/><z xmlns='jabber:client'/></x>",
        "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>",
        "<message><body xml:lang='de'>Gr\u00FC\u00DFe \u20AC \U0001F600 \u4E2D\u6587 \uFFFD</body></message>",
        "<\u00E9l\u00E9ment \u4E2D='\u00B7'><_a-1.2/></\u00E9l\u00E9ment>",
        "<a><b><c><d><e><f>deep</f></e></d></c></b>mixed<b/>text</a>",
        "<message xmlns:x='urn:with&amp;reference' x:y=' a\tb\nc\r\nd '/>",
        $"<message><body>{new string('x', 700)}</body><body>{string.Concat(Enumerable.Repeat("&amp;", 70))}</body></message>",
    ];

    public static TheoryData<string> StanzaData => [.. Stanzas];

    /// <summary>A whole stream with keep-alives between some stanzas.</summary>
    public static byte[] Stream() => Utf8($"{Header}{string.Join("", Stanzas.Select((stanza, index) => index % 3 == 0 ? stanza + " \n" : stanza))}</stream:stream>");

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
