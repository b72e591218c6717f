using BenchmarkDotNet.Attributes;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>
/// From a request to its handler: the emitted switch beside a table of delegates, which is what dispatch without a generator comes to. Both read the payload
/// to its view.
/// </summary>
public class DispatchBenchmarks
{
    private static readonly Dictionary<(IqType Type, ElementKey Key), Action<BenchmarkTurn, ElementView>> Table = new()
    {
        [(IqType.Get, PingView.Key)] = static (turn, payload) => Read<PingHandler>(turn, payload),
        [(IqType.Get, VersionQueryView.Key)] = static (turn, payload) => Read<VersionHandler>(turn, payload),
        [(IqType.Get, EntityTimeView.Key)] = static (turn, payload) => Read<TimeHandler>(turn, payload),
        [(IqType.Get, DiscoInfoQueryView.Key)] = static (turn, payload) => Read<InfoHandler>(turn, payload),
        [(IqType.Get, DiscoItemsQueryView.Key)] = static (turn, payload) => Read<ItemsHandler>(turn, payload),
        [(IqType.Get, MucAdminQueryView.Key)] = static (turn, payload) => Read<AdminHandler>(turn, payload),
        [(IqType.Set, MucAdminQueryView.Key)] = static (turn, payload) => Read<AdminHandler>(turn, payload),
    };

    private Stanza ping = null!;
    private Stanza admin = null!;
    private Stanza unknown = null!;
    private BenchmarkTurn turn = null!;

    private interface IHandler
    {
        static abstract void Handle(BenchmarkTurn turn, ElementView payload);
    }

    [GlobalSetup]
    public void Setup()
    {
        ping = Stanza.Parse("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>", ProtocolNames.Instance);
        admin = Stanza.Parse("<iq type='set' id='1'><query xmlns='http://jabber.org/protocol/muc#admin'><item nick='pistol' role='none'/></query></iq>", ProtocolNames.Instance);
        unknown = Stanza.Parse("<iq type='get' id='1'><query xmlns='urn:example:unknown'/></iq>", ProtocolNames.Instance);
        turn = new BenchmarkTurn(ping);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        ping.Dispose();
        admin.Dispose();
        unknown.Dispose();
    }

    [Benchmark]
    public bool EmittedPing() => BenchmarkTurnDispatch.Iq(turn, IqType.Get, ping.Root.FirstChild);

    [Benchmark]
    public bool TablePing() => ByTable(IqType.Get, ping.Root.FirstChild);

    [Benchmark]
    public bool EmittedAdmin() => BenchmarkTurnDispatch.Iq(turn, IqType.Set, admin.Root.FirstChild);

    [Benchmark]
    public bool TableAdmin() => ByTable(IqType.Set, admin.Root.FirstChild);

    [Benchmark]
    public bool EmittedUnknown() => BenchmarkTurnDispatch.Iq(turn, IqType.Get, unknown.Root.FirstChild);

    [Benchmark]
    public bool TableUnknown() => ByTable(IqType.Get, unknown.Root.FirstChild);

    private bool ByTable(IqType type, ElementView payload)
    {
        if (!Table.TryGetValue((type, payload.Key), out var handle))
            return false;
        handle(turn, payload);
        return true;
    }

    private static void Read<T>(BenchmarkTurn turn, ElementView payload)
        where T : IHandler => T.Handle(turn, payload);

    private readonly struct PingHandler : IHandler
    {
        public static void Handle(BenchmarkTurn turn, ElementView payload)
        {
            if (PingView.TryRead(payload, out var view, out var error))
                BenchmarkHandlers.Ping(turn, view);
            else
                turn.Malformed(error);
        }
    }

    private readonly struct VersionHandler : IHandler
    {
        public static void Handle(BenchmarkTurn turn, ElementView payload)
        {
            if (VersionQueryView.TryRead(payload, out var view, out var error))
                BenchmarkHandlers.Version(turn, view);
            else
                turn.Malformed(error);
        }
    }

    private readonly struct TimeHandler : IHandler
    {
        public static void Handle(BenchmarkTurn turn, ElementView payload)
        {
            if (EntityTimeView.TryRead(payload, out var view, out var error))
                BenchmarkHandlers.Time(turn, view);
            else
                turn.Malformed(error);
        }
    }

    private readonly struct InfoHandler : IHandler
    {
        public static void Handle(BenchmarkTurn turn, ElementView payload)
        {
            if (DiscoInfoQueryView.TryRead(payload, out var view, out var error))
                BenchmarkHandlers.Info(turn, view);
            else
                turn.Malformed(error);
        }
    }

    private readonly struct ItemsHandler : IHandler
    {
        public static void Handle(BenchmarkTurn turn, ElementView payload)
        {
            if (DiscoItemsQueryView.TryRead(payload, out var view, out var error))
                BenchmarkHandlers.Items(turn, view);
            else
                turn.Malformed(error);
        }
    }

    private readonly struct AdminHandler : IHandler
    {
        public static void Handle(BenchmarkTurn turn, ElementView payload)
        {
            if (MucAdminQueryView.TryRead(payload, out var view, out var error))
                BenchmarkHandlers.Admin(turn, view);
            else
                turn.Malformed(error);
        }
    }
}
