using System.Xml;
using BenchmarkDotNet.Attributes;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>A room's copy of the message, written: attributes from addresses, a body that needs escaping, and the sender's payload as it came.</summary>
public class WriteBenchmarks
{
    private const string Body = "Harpier cries: 'tis time, 'tis time & <so> on.";

    private static readonly XmlWriterSettings Settings = new() { ConformanceLevel = ConformanceLevel.Fragment, OmitXmlDeclaration = true };

    private PooledBufferWriter output = null!;
    private MemoryStream stream = null!;
    private readonly Jid from = Jid.Parse("coven@chat.shakespeare.lit/thirdwitch");
    private Stanza source = null!;

    [GlobalSetup]
    public void Setup()
    {
        output = new PooledBufferWriter(4096);
        stream = new MemoryStream(4096);
        source = Stanza.Parse(SampleMessage.Utf8(), MucGen.Xml.NameTable.Empty);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        source.Dispose();
        output.Dispose();
        stream.Dispose();
    }

    [Benchmark(Baseline = true)]
    public long ByXmlWriter()
    {
        stream.SetLength(0);
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            writer.WriteStartElement("message");
            writer.WriteAttributeString("from", from.ToString());
            writer.WriteAttributeString("type", "groupchat");
            writer.WriteAttributeString("id", "hysf1v37");
            writer.WriteElementString("body", Body);
            writer.WriteStartElement("active", "http://jabber.org/protocol/chatstates");
            writer.WriteEndElement();
            writer.WriteStartElement("origin-id", "urn:xmpp:sid:0");
            writer.WriteAttributeString("id", "de305d54-75b4-431b");
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        return stream.Length;
    }

    [Benchmark]
    public int ByXmppWriter()
    {
        output.Clear();
        var writer = new XmppWriter(output);
        writer.Raw("<message"u8);
        writer.Attribute("from"u8, from);
        writer.Attribute("type"u8, "groupchat"u8);
        writer.Attribute("id"u8, "hysf1v37"u8);
        writer.Raw(">"u8);
        writer.TextElement("body"u8, Body);
        var isFirst = true;
        foreach (var child in source.Root.Children)
        {
            if (!isFirst) writer.Element(child);
            isFirst = false;
        }
        writer.Raw("</message>"u8);
        writer.Flush();
        return output.WrittenCount;
    }
}
