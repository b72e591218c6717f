using System.Text;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Generator.Tests.RoundTrips;

/// <summary>Between emitted writers and emitted views: the bytes.</summary>
internal static class Wire
{
    public delegate void Writing(ref XmppWriter writer);

    /// <summary>What a writer writes.</summary>
    public static string Write(Writing writing)
    {
        using var buffer = new PooledBufferWriter();
        var writer = new XmppWriter(buffer);
        writing(ref writer);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The markup as a stanza of the repository's schemas.</summary>
    public static Stanza Parse(string xml) => Stanza.Parse(xml, ProtocolNames.Instance);

    /// <summary>The error as a line: field, problem, condition.</summary>
    public static string Describe(ReadError error) => $"{error.Element}/{error.Field ?? "-"}: {error.Problem}, {error.Condition}";
}
