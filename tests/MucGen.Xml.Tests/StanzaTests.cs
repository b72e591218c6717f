using System.Text;
using Xunit;

namespace MucGen.Xml.Tests;

public class StanzaTests
{
    [Fact]
    public void Views_walk_names_namespaces_attributes_and_text()
    {
        using var stanza = Stanza.Parse(
            "<message to='a@b' id=\"1&amp;2\"><body xml:lang='en'>one &lt; <![CDATA[<two>]]></body><x xmlns='urn:x'><p:y xmlns:p='urn:p'/></x></message>",
            NameTable.Empty);
        var root = stanza.Root;
        Assert.Equal("message", Encoding.UTF8.GetString(root.LocalName));
        Assert.Equal("jabber:client", Encoding.UTF8.GetString(root.Namespace));
        Assert.Equal("1&2", root.Attribute("id"u8).ToString());
        Assert.Equal("one < <two>", root.FirstChild.Text.ToString());
        Assert.Equal("en", root.FirstChild.Attribute("xml:lang"u8).ToString());
        var names = new List<string>();
        foreach (var child in root.Children)
            names.Add($"{{{Encoding.UTF8.GetString(child.Namespace)}}}{Encoding.UTF8.GetString(child.LocalName)}");
        Assert.Equal(["{jabber:client}body", "{urn:x}x"], names);
    }

    [Fact]
    public void Framer_gives_header_stanza_and_end()
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'> <iq/><a><b/>x</a></stream:stream>");
        var framer = new StreamFramer(XmlLimits.Default);
        var kinds = new List<FrameKind>();
        ReadOnlySpan<byte> rest = bytes;
        while (true)
        {
            var kind = framer.Read(rest, out var length, out _);
            rest = rest[length..];
            kinds.Add(kind);
            if (kind is FrameKind.Incomplete or FrameKind.Fault) break;
        }
        Assert.Equal([FrameKind.StreamStart, FrameKind.Whitespace, FrameKind.Stanza, FrameKind.Stanza, FrameKind.StreamEnd, FrameKind.Incomplete], kinds);
    }
}
