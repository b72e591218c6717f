using System.Globalization;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>What a client's stream header says, checked (RFC 6120 sections 4.7 and 4.8).</summary>
internal readonly struct StreamHeader
{
    /// <summary>Who the client says it is; null when it does not, or not readably.</summary>
    public Jid? From { get; private init; }

    /// <summary>The language of the stream; null when the client did not say.</summary>
    public string? Language { get; private init; }

    /// <summary>Whether there was a version at all; without one the client speaks what was before XMPP 1.0 (4.7.5).</summary>
    public bool HasVersion { get; private init; }

    /// <summary>What the stanzas of this stream inherit.</summary>
    public StreamNamespaces Namespaces { get; private init; }

    /// <summary>Reads and checks a header.</summary>
    public static bool TryRead(ElementView header, string domain, NameTable names, out StreamHeader read, out StreamErrorCondition error)
    {
        read = default;
        if (!header.Namespace.SequenceEqual("http://etherx.jabber.org/streams"u8))
        {
            error = StreamErrorCondition.InvalidNamespace;
            return false;
        }
        if (!header.LocalName.SequenceEqual("stream"u8))
        {
            error = StreamErrorCondition.BadFormat;
            return false;
        }
        var namespaces = StreamNamespaces.FromHeader(header);
        if (!IsClientStream(namespaces, names))
        {
            error = StreamErrorCondition.InvalidNamespace;
            return false;
        }
        var language = header.Attribute("xml:lang"u8).ToString();
        read = new StreamHeader
        {
            From = Jid.TryParse(header.Attribute("from"u8), out var from, out _) ? from : null,
            Language = language.Length is 0 or > LongestLanguage ? null : language,
            HasVersion = header.Attribute("version"u8).IsPresent,
            Namespaces = namespaces,
        };
        error = StreamErrorCondition.HostUnknown;
        if (!Jid.TryParse(header.Attribute("to"u8), out var to, out _) || to is not { Local: null, Resource: null } || to.Domain != domain)
            return false;
        error = StreamErrorCondition.UnsupportedVersion;
        return IsVersionOneOrLater(header.Attribute("version"u8).ToString());
    }

    private const int LongestLanguage = 35;

    /// <summary>Compared by numbers: 1.10 is later than 1.9. Later versions than ours get ours (4.7.5).</summary>
    private static bool IsVersionOneOrLater(string version)
    {
        var dot = version.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && int.TryParse(version.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(version.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && major >= 1;
    }

    /// <summary>The default namespace that stanzas inherit must be <c>jabber:client</c>, whatever else the header declares.</summary>
    private static bool IsClientStream(StreamNamespaces namespaces, NameTable names)
    {
        if (namespaces == StreamNamespaces.Client)
            return true;
        if (!Stanza.TryRead("<a/>"u8, names, XmlLimits.Default, namespaces, out var probe, out _))
            return false;
        using (probe)
            return probe.Root.Namespace.SequenceEqual("jabber:client"u8);
    }
}
