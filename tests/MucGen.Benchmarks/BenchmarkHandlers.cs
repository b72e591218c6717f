using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>A context that only counts.</summary>
[DispatchContext]
public sealed class BenchmarkTurn(Stanza stanza) : StanzaTurn
{
    public int Handled { get; set; }

    public override Stanza Stanza => stanza;

    public override Jid From { get; } = Jid.Parse("romeo@localhost/orchard");

    public override void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, XmlText text = default) => Handled--;
}

/// <summary>Handlers that do next to nothing, so that dispatch is what is measured.</summary>
public static class BenchmarkHandlers
{
    [OnIq(IqType.Get)]
    public static void Ping(BenchmarkTurn turn, PingView ping) => turn.Handled++;

    [OnIq(IqType.Get)]
    public static void Version(BenchmarkTurn turn, VersionQueryView query) => turn.Handled++;

    [OnIq(IqType.Get)]
    public static void Time(BenchmarkTurn turn, EntityTimeView time) => turn.Handled++;

    [OnIq(IqType.Get)]
    public static void Info(BenchmarkTurn turn, DiscoInfoQueryView query) => turn.Handled++;

    [OnIq(IqType.Get)]
    public static void Items(BenchmarkTurn turn, DiscoItemsQueryView query) => turn.Handled++;

    [OnIq(IqType.Get)]
    [OnIq(IqType.Set)]
    public static void Admin(BenchmarkTurn turn, MucAdminQueryView query) => turn.Handled++;
}
