using System.Text;
using System.Xml;
using System.Xml.Linq;
using MucGen.Generator.Model;
using MucGen.Xml;
using NameTable = System.Xml.NameTable;

namespace MucGen.Corpus.Proofs;

/// <summary>What became of a payload that was given to emitted code.</summary>
/// <param name="Rewritten">What the writer made of what the view read; null when it could not be read.</param>
/// <param name="Error">Why not.</param>
/// <param name="Allocated">The bytes that reading and rewriting allocate when they have been done before.</param>
internal sealed record PayloadResult(string? Rewritten, ReadError Error, long Allocated);

/// <summary>Gives markup to the emitted code of one element. The memory that it writes to is there before, so that what is allocated is allocated by reading or writing.</summary>
internal sealed class Payload(CompiledSchema schema, ElementSpec element)
{
    // Examples explain themselves in comments, which streams do not have (RFC 6120 section 11.1).
    private static readonly XmlReaderSettings Fragment = new() { ConformanceLevel = ConformanceLevel.Fragment, IgnoreComments = true, IgnoreProcessingInstructions = true };

    private const int RoomForOutput = 64 * 1024;

    private readonly IPayloadCode code = schema.CodeOf(element);

    /// <summary>Reads and, when that can be, rewrites.</summary>
    /// <exception cref="FormatException">It is nothing that a stream can carry.</exception>
    public PayloadResult Run(string markup)
    {
        using var stanza = Stanza.Parse(markup, schema.Names);
        using var buffer = new PooledBufferWriter(RoomForOutput);
        Rewrite(stanza.Root, buffer, out _); // what is made once is made here
        buffer.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isRead = Rewrite(stanza.Root, buffer, out var error);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new PayloadResult(isRead ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null, error, allocated);
    }

    /// <summary>The bytes of the payload after it went through a relay, which reads it and copies it into a message of its own.</summary>
    public string Relayed(string markup)
    {
        using var stanza = Stanza.Parse($"<message xmlns='jabber:client' to='coven@chat.example.net'>{markup}</message>", schema.Names);
        using var buffer = new PooledBufferWriter(RoomForOutput);
        var writer = new XmppWriter(buffer);
        writer.Element(stanza.Root.FirstChild);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Markup as an element of a stream, which has declared the content namespace and its own.</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static XElement Parse(string markup) => ParseAll(markup).Single();

    /// <summary>Markup as elements of a stream; each knows its line.</summary>
    /// <exception cref="XmlException">It is not well-formed.</exception>
    public static IReadOnlyList<XElement> ParseAll(string markup)
    {
        var namespaces = new XmlNamespaceManager(new NameTable());
        namespaces.AddNamespace("", ElementName.ContentNamespace);
        namespaces.AddNamespace("stream", "http://etherx.jabber.org/streams");
        using var reader = XmlReader.Create(new StringReader(markup), Fragment, new XmlParserContext(null, namespaces, null, XmlSpace.Preserve));
        var elements = new List<XElement>();
        while (reader.MoveToContent() != XmlNodeType.None)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                using var inner = reader.ReadSubtree();
                elements.Add(XElement.Load(inner, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo));
            }
            reader.Read();
        }
        return elements;
    }

    /// <summary>An element as markup on one line.</summary>
    public static string Markup(XElement element) => element.ToString(SaveOptions.DisableFormatting);

    private bool Rewrite(ElementView root, PooledBufferWriter output, out ReadError error)
    {
        var writer = new XmppWriter(output);
        var isRead = code.TryRewrite(root, ref writer, out error);
        writer.Flush();
        return isRead;
    }
}
