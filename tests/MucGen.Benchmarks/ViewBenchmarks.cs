using System.Text;
using System.Xml.Linq;
using BenchmarkDotNet.Attributes;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>
/// A muc#user payload read to typed values and written from them: emitted code, the same by hand over the untyped views, and XElement parsing and printing text.
/// ReadByHand keeps the promise of ReadEmitted, that everything is checked before anything is used (how they compare is measured better by <see cref="ReadingRatio"/>);
/// ReadByHandAtOnce does not, and shows what the promise costs. Bytes to typed values and back (BothWaysEmitted) are to stay within a quarter of XElement's time (BothWaysXElement), with no allocation; both sides
/// take the same fields, and only emitted code checks addresses and nicks.
/// </summary>
public class ViewBenchmarks
{
    private const string Payload = ReadingPairs.UserPayload;

    private static readonly XNamespace User = MucUserView.Namespace;
    private static readonly byte[] PayloadBytes = Encoding.UTF8.GetBytes(Payload);

    private PooledBufferWriter buffer = null!;
    private Stanza stanza = null!;

    [GlobalSetup]
    public void Setup()
    {
        buffer = new PooledBufferWriter();
        stanza = Stanza.Parse(Payload, ProtocolNames.Instance);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        stanza.Dispose();
        buffer.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int ReadByHand() => HandWrittenUserReader.Check(stanza.Root) ? HandWrittenUserReader.Read(stanza.Root) : -1;

    [Benchmark]
    public int ReadEmitted() => ReadingPairs.ReadUser(stanza.Root);

    [Benchmark]
    public bool CheckByHand() => HandWrittenUserReader.Check(stanza.Root);

    [Benchmark]
    public bool CheckEmitted() => MucUserView.TryRead(stanza.Root, out _, out _);

    [Benchmark]
    public int ReadByHandAtOnce() => HandWrittenUserReader.CheckAndRead(stanza.Root);

    [Benchmark]
    public int BothWaysEmitted()
    {
        using var fresh = Stanza.Parse(PayloadBytes, ProtocolNames.Instance);
        return ReadingPairs.ReadUser(fresh.Root) + WriteEmitted();
    }

    [Benchmark]
    public int BothWaysXElement() => ReadXElement() + WriteXElement();

    [Benchmark]
    public int ReadXElement()
    {
        var x = XElement.Parse(Payload);
        var sum = 0;
        foreach (var item in x.Elements(User + "item"))
        {
            sum += (int)Affiliation((string)item.Attribute("affiliation")!) + (int)Role((string)item.Attribute("role")!);
            sum += ((string)item.Attribute("nick")!).Length + ((string)item.Attribute("jid")!).Length;
            sum += ((string)item.Element(User + "actor")!.Attribute("nick")!).Length + ((string)item.Element(User + "reason")!).Length;
        }
        foreach (var status in x.Elements(User + "status"))
            sum += (int)status.Attribute("code")!;
        return sum;
    }

    [Benchmark]
    public int WriteEmitted()
    {
        buffer.Clear();
        var writer = new XmppWriter(buffer);
        var user = MucUserWriter.Start(ref writer);
        var item = user.StartItem(MucAffiliation.Member, jid: "juliet@example.org/balcony"u8, nick: "Juliet"u8, role: MucRole.Participant);
        item.Actor(nick: "Nurse"u8);
        item.Reason("because"u8);
        item.End();
        user.Status(110);
        user.Status(210);
        user.End();
        writer.Flush();
        return buffer.WrittenSpan.Length;
    }

    [Benchmark]
    public int WriteXElement() => new XElement(
        User + "x",
        new XElement(
            User + "item",
            new XAttribute("affiliation", "member"), new XAttribute("jid", "juliet@example.org/balcony"), new XAttribute("nick", "Juliet"), new XAttribute("role", "participant"),
            new XElement(User + "actor", new XAttribute("nick", "Nurse")),
            new XElement(User + "reason", "because")),
        new XElement(User + "status", new XAttribute("code", 110)),
        new XElement(User + "status", new XAttribute("code", 210))).ToString(SaveOptions.DisableFormatting).Length;

    private static MucAffiliation Affiliation(string word) => word switch
    {
        "outcast" => MucAffiliation.Outcast,
        "none" => MucAffiliation.None,
        "member" => MucAffiliation.Member,
        "admin" => MucAffiliation.Admin,
        "owner" => MucAffiliation.Owner,
        _ => throw new FormatException(word),
    };

    private static MucRole Role(string word) => word switch
    {
        "none" => MucRole.None,
        "visitor" => MucRole.Visitor,
        "participant" => MucRole.Participant,
        "moderator" => MucRole.Moderator,
        _ => throw new FormatException(word),
    };
}
