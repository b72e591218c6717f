namespace MucGen.Generator.Tests.Dispatch;

/// <summary>The C# that the dispatch tests share: a context that writes down what happens to it.</summary>
internal static class DispatchSources
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using MucGen.Protocol;
        using MucGen.Xml;

        namespace Probe;

        """;

    public const string Context = """
        [DispatchContext]
        public sealed class ProbeTurn(Stanza stanza) : StanzaTurn
        {
            public List<string> Log { get; } = [];
            public override Stanza Stanza => stanza;
            public override Jid From { get; } = Jid.Parse("romeo@localhost/orchard");
            public override void Malformed(in ReadError error) => Log.Add("malformed " + error.Element + " " + error.Field + " " + error.Condition);
            public override void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, XmlText text = default) => Log.Add("refused " + condition);
        }

        [DispatchContext]
        public sealed class OtherTurn(Stanza stanza) : StanzaTurn
        {
            public List<string> Log { get; } = [];
            public override Stanza Stanza => stanza;
            public override Jid From { get; } = Jid.Parse("romeo@localhost/orchard");
            public override void Refuse(StanzaErrorCondition condition, StanzaErrorType? type = null, XmlText text = default) => Log.Add("refused " + condition);
        }

        """;

    /// <summary>Handlers of every kind, in two contexts.</summary>
    public const string Handlers = """
        [Feature("urn:xmpp:ping")]
        public static class Pings
        {
            [OnIq(IqType.Get)]
            public static void Answer(ProbeTurn turn, PingView ping) => turn.Log.Add("ping");

            [OnIq(IqType.Get)]
            public static void AnswerElsewhere(OtherTurn turn, PingView ping) => turn.Log.Add("other ping");
        }

        [Feature("http://jabber.org/protocol/muc#admin")]
        [Feature("urn:probe:hidden", Hidden = true)]
        [Feature("urn:probe:only-other", Context = typeof(OtherTurn))]
        public static class Lists
        {
            [OnIq(IqType.Get)]
            [OnIq(IqType.Set)]
            internal static bool Both(ProbeTurn turn, in MucAdminQueryView query)
            {
                turn.Log.Add("admin " + query.Items.Count);
                return query.Items.Count > 0;
            }
        }

        public static class Chain
        {
            [OnMessage(Order = 2)]
            public static bool Second(ProbeTurn turn, MucUserView x) { turn.Log.Add("second"); return true; }

            [OnMessage(Order = 1)]
            public static bool First(ProbeTurn turn, MucUserView x) { turn.Log.Add("first"); return x.Password.IsPresent; }

            [OnMessage]
            public static bool Direct(ProbeTurn turn, DirectInviteView x) { turn.Log.Add("direct " + x.Jid.Text.ToString()); return false; }

            [OnPresence]
            public static bool Join(ProbeTurn turn, MucJoinView x) { turn.Log.Add("join"); return true; }
        }

        [Feature("urn:probe:explicit", Context = typeof(ProbeTurn))]
        public static class Explicit;
        """;

    /// <summary>A configuration with fields of every kind.</summary>
    public const string Settings = """

        [ConfigurationForm("MucRoomConfigForm", InfoForm = "MucRoomInfoForm")]
        public sealed partial record Settings
        {
            [Field("muc#roomconfig_roomdesc", Info = "muc#roominfo_description")] public string Description { get; init; } = "";
            [Field("muc#roomconfig_membersonly", Disco = "muc_membersonly|muc_open")] public bool IsMembersOnly { get; init; }
            [Field("muc#roomconfig_whois", On = "anyone", Disco = "muc_nonanonymous|muc_semianonymous", Status = "172|173")] public RoomWhois Whois { get; init; }
            [Field("muc#roomconfig_maxusers")] public int? MaxUsers { get; init; }
            [Field("muc#maxhistoryfetch")] public int MaxHistory { get; init; } = 20;
            [Field("muc#roomconfig_presencebroadcast")] public Roles Broadcast { get; init; }
        }

        [Flags]
        public enum Roles { None = 0, Visitor = 1, Participant = 2, Moderator = 4, All = 7 }
        """;

    /// <summary>All of these.</summary>
    public const string Complete = Usings + Context + Handlers + Settings;
}
