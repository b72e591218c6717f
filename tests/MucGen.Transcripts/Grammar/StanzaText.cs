using System.Xml;
using System.Xml.Linq;

namespace MucGen.Transcripts.Grammar;

/// <summary>Reads stanzas as a script writes them: in the namespace of a client's stream.</summary>
public static class StanzaText
{
    /// <summary>The default namespace of a client's stream.</summary>
    public const string ClientNamespace = "jabber:client";

    /// <summary>What the prefix <c>scansion</c> stands for where a script does not declare it.</summary>
    public const string ScansionNamespace = "https://matthewwild.co.uk/projects/scansion";

    /// <summary>The prefix of directives to the matcher.</summary>
    public const string ScansionPrefix = "scansion";

    /// <summary>Reads one stanza.</summary>
    /// <exception cref="XmlException">It is not one well-formed element.</exception>
    public static XElement Parse(string xml)
    {
        var names = new NameTable();
        var namespaces = new XmlNamespaceManager(names);
        namespaces.AddNamespace("", ClientNamespace);
        namespaces.AddNamespace(ScansionPrefix, ScansionNamespace);
        namespaces.AddNamespace("stream", "http://etherx.jabber.org/streams");
        var context = new XmlParserContext(names, namespaces, null, XmlSpace.Default);
        var settings = new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Fragment };
        using var reader = XmlReader.Create(new StringReader(xml), settings, context);
        if (reader.MoveToContent() != XmlNodeType.Element)
            throw new XmlException("a stanza is one element");
        var stanza = (XElement)XNode.ReadFrom(reader);
        if (reader.MoveToContent() != XmlNodeType.None)
            throw new XmlException("something follows the stanza");
        return stanza;
    }
}
