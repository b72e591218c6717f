using MucGen.Protocol;
using MucGen.Rooms.Service;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Forms.FormScene;

namespace MucGen.Rooms.Tests.Forms;

/// <summary>Each registered field of the room's configuration: offered, parsed, stored, and what it does (XEP-0045 10.1.3, 16.5.3).</summary>
public sealed class RoomConfigFieldTests
{
    private readonly FormScene scene = new();

    [Fact]
    [Proves("roomconfig/FORM_TYPE", "muc-16.5-01")]
    public void The_type_of_a_form_comes_first_and_decides()
    {
        Assert.Matches("<x xmlns='jabber:x:data' type='form'>(<title>[^<]*</title>)?<field [^>]*var='FORM_TYPE'", scene.Ask(Romeo, "muc#owner"));
        Assert.Contains("<bad-request ", Assert.Single(Submit("<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>")).Xml, StringComparison.Ordinal);
        Assert.Equal("", scene.Room.Room.Config.Name);
        Assert.Contains(" type='result'", Submit("")[^1].Xml, StringComparison.Ordinal);
        Assert.Equal("A Dark Cave", scene.Room.Room.Config.Name);

        Assert.Matches("<x xmlns='jabber:x:data' type='result'><field [^>]*var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roominfo<", scene.Ask(Nurse, "disco#info"));
        var register = scene.Room.Send(Nurse, $"<iq to='{TestRoom.Address}' type='get' id='r'><query xmlns='jabber:iq:register'/></iq>");
        Assert.Matches("<field [^>]*type='hidden' var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register<", Assert.Single(register).Xml);
        scene.MakeVisitor("Juliet");
        Assert.Matches("<field [^>]*type='hidden' var='FORM_TYPE'><value>http://jabber.org/protocol/muc#request<", To(scene.Voice(Juliet), Romeo)[0]);

        IReadOnlyList<Sent> Submit(string formType) => scene.Room.Send(
            Romeo,
            $"<iq to='{TestRoom.Address}' type='set' id='q'><query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>{formType}"
            + "<field var='muc#roomconfig_roomname'><value>A Dark Cave</value></field></x></query></iq>");
    }

    [Fact]
    [Proves("muc-16.3-02")]
    public void The_form_is_announced() => Assert.True(scene.HasFeature("http://jabber.org/protocol/muc#roomconfig"));

    [Theory]
    [InlineData("muc#maxhistoryfetch")]
    [InlineData("muc#roomconfig_historylength")]
    [Proves("roomconfig/muc#maxhistoryfetch", "roomconfig/muc#roomconfig_historylength", "roominfo/muc#maxhistoryfetch")]
    public void History_ends_at_the_most(string variable)
    {
        for (var i = 0; i < 5; i++)
            scene.Room.Say(Romeo, $"text {i}");
        scene.Submit((variable, ["3"]));
        Assert.Equal(["3"], scene.Offered("muc#maxhistoryfetch"));
        Assert.Equal(["3"], scene.Info("muc#maxhistoryfetch")!);
        Assert.Equal(3, HistoryOf(""));
        Assert.Equal(3, HistoryOf("<history maxstanzas='4'/>"));
        Assert.Equal(1, HistoryOf("<history maxstanzas='1'/>"));
        scene.Set("muc#maxhistoryfetch", "0");
        Assert.Equal(0, HistoryOf(""));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_defaulthistorymessages")]
    public void History_without_a_limit_is_what_the_room_gives_by_default()
    {
        for (var i = 0; i < 5; i++)
            scene.Room.Say(Romeo, $"text {i}");
        scene.Set("muc#roomconfig_defaulthistorymessages", "2");
        Assert.Equal(2, HistoryOf(""));
        Assert.Equal(2, HistoryOf("<history/>"));
        Assert.Equal(4, HistoryOf("<history maxstanzas='4'/>"));
        Assert.Equal(5, HistoryOf("<history maxchars='100000'/>"));
    }

    [Theory]
    [InlineData("anyone", true, true)]
    [InlineData("participants", false, true)]
    [InlineData("moderators", false, false)]
    [InlineData("none", false, false)]
    [Proves("roomconfig/muc#roomconfig_allowpm")]
    public void Private_messages_are_for_some_roles(string value, bool visitorsMay, bool participantsMay)
    {
        scene.Room.Join(Nurse, "Nurse");
        scene.MakeVisitor("Nurse");
        scene.Set("muc#roomconfig_allowpm", value);
        AssertWhisper(Nurse, "Juliet", visitorsMay);
        AssertWhisper(Juliet, "Nurse", participantsMay);
        AssertWhisper(Romeo, "Juliet", value != "none");
    }

    [Theory]
    [InlineData("muc#roomconfig_allowinvites")]
    [InlineData("{http://prosody.im/protocol/muc}roomconfig_allowmemberinvites")]
    [Proves("roomconfig/muc#roomconfig_allowinvites", "roomconfig/roomconfig_allowmemberinvites")]
    public void Members_invite_into_a_members_only_room_when_they_may(string variable)
    {
        scene.Admin("<item jid='juliet@capulet.example' affiliation='member'/>");
        scene.Set("muc#roomconfig_membersonly", "1");
        AssertRefused(Invite(), "forbidden", "auth");
        scene.Submit((variable, ["1"]));
        Assert.Equal(["1"], scene.Offered("muc#roomconfig_allowinvites"));
        Assert.Contains(Invite(), sent => sent.To.ToString() == "nurse@capulet.example" && sent.Xml.Contains("<invite ", StringComparison.Ordinal));
        Assert.Equal(MucAffiliation.Member, scene.Room.Room.AffiliationOf(Jid.Parse(Nurse)));

        IReadOnlyList<Sent> Invite() => scene.Room.Send(
            Juliet, $"<message to='{TestRoom.Address}' id='i'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='nurse@capulet.example'/></x></message>");
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_changesubject")]
    public void Participants_change_the_subject_when_they_may()
    {
        AssertRefused(Subject(Juliet), "forbidden", "auth");
        scene.Set("muc#roomconfig_changesubject", "1");
        Assert.Equal(["1"], scene.Info("muc#roominfo_subjectmod")!);
        Assert.Contains("<subject>s</subject>", To(Subject(Juliet), Romeo)[0], StringComparison.Ordinal);
        scene.MakeVisitor("Juliet");
        AssertRefused(Subject(Juliet), "forbidden", "auth");

        IReadOnlyList<Sent> Subject(string who) =>
            scene.Room.Send(who, $"<message to='{TestRoom.Address}' type='groupchat' id='s'><subject>s</subject></message>");
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_enablelogging", "muc-16.5.3-05", "roominfo/muc#roominfo_logs", "muc-16.5.4-06")]
    public void Logging_is_told_and_its_log_named()
    {
        scene.Set("{urn:mucgen:muc}logs", "https://logs.example/room");
        Assert.Null(scene.Info("muc#roominfo_logs"));
        Assert.Contains("<status code='170'/>", To(scene.Set("muc#roomconfig_enablelogging", "1"), Juliet)[0], StringComparison.Ordinal);
        Assert.Equal(["https://logs.example/room"], scene.Info("muc#roominfo_logs")!);
        Assert.Contains(To(scene.Room.Join(Nurse, "Nurse"), Nurse), xml => xml.Contains("code='170'", StringComparison.Ordinal));
        Assert.Contains("<status code='171'/>", To(scene.Set("muc#roomconfig_enablelogging", "0"), Juliet)[0], StringComparison.Ordinal);
        Assert.Null(scene.Info("muc#roominfo_logs"));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_getmemberlist", "muc-16.5.3-06")]
    public void The_member_list_is_for_some_roles()
    {
        scene.Set("muc#roomconfig_whois", "anyone");
        Assert.Contains(" type='result'", Members(Juliet), StringComparison.Ordinal);
        scene.Set("muc#roomconfig_getmemberlist", "moderator", "visitor");
        Assert.Contains("<forbidden ", Members(Juliet), StringComparison.Ordinal);
        scene.MakeVisitor("Juliet");
        Assert.Contains(" type='result'", Members(Juliet), StringComparison.Ordinal);
        scene.Set("muc#roomconfig_whois", "moderators");
        Assert.Contains("<forbidden ", Members(Juliet), StringComparison.Ordinal);

        string Members(string who) => Assert.Single(scene.Room.Send(
            who, $"<iq to='{TestRoom.Address}' type='get' id='l'><query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='member'/></query></iq>")).Xml;
    }

    [Theory]
    [InlineData("muc#roomconfig_lang", "de", "muc#roominfo_lang")]
    [InlineData("muc#roomconfig_roomdesc", "The place for witches", "muc#roominfo_description")]
    [InlineData("muc#roomconfig_pubsub", "xmpp:pubsub.example?;node=chats", "muc#roomconfig_pubsub")]
    [Proves("roomconfig/muc#roomconfig_lang", "roomconfig/muc#roomconfig_roomdesc", "roomconfig/muc#roomconfig_pubsub", "roominfo/muc#roomconfig_pubsub")]
    public void What_only_informs_is_shown(string variable, string value, string info)
    {
        scene.Set(variable, value);
        Assert.Equal([value], scene.Info(info)!);
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_roomname")]
    public void The_name_is_the_identity()
    {
        scene.Set("muc#roomconfig_roomname", "A Dark Cave");
        Assert.Matches("<identity [^>]*name='A Dark Cave'", scene.Ask(Nurse, "disco#info"));
        Assert.Equal("A Dark Cave", RoomListing.Of(scene.Room.Room)!.Name);
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_publicroom")]
    public void A_room_that_is_not_public_is_not_listed()
    {
        Assert.True(scene.HasFeature("muc_public"));
        scene.Set("muc#roomconfig_publicroom", "0");
        Assert.True(scene.HasFeature("muc_hidden"));
        Assert.Null(RoomListing.Of(scene.Room.Room));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_maxusers")]
    public void A_full_room_takes_only_admins_more()
    {
        scene.Set("muc#roomconfig_maxusers", "2");
        AssertRefused(scene.Room.Join(Nurse, "Nurse"), "service-unavailable", "wait");
        scene.Admin("<item jid='nurse@capulet.example' affiliation='admin'/>");
        Assert.NotEmpty(To(scene.Room.Join(Nurse, "Nurse"), Romeo));
        scene.Set("muc#roomconfig_maxusers", "none");
        Assert.NotEmpty(To(scene.Room.Join("tybalt@capulet.example/a", "Tybalt"), Romeo));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_membersonly")]
    public void A_members_only_room_has_only_members()
    {
        Assert.Contains("<status code='322'/>", To(scene.Set("muc#roomconfig_membersonly", "1"), Juliet)[0], StringComparison.Ordinal);
        AssertRefused(scene.Room.Join(Juliet, "Juliet"), "registration-required", "auth");
        Assert.True(scene.HasFeature("muc_membersonly"));
        scene.Set("muc#roomconfig_membersonly", "0");
        Assert.True(scene.HasFeature("muc_open"));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_moderatedroom")]
    public void In_a_moderated_room_newcomers_have_no_voice()
    {
        scene.Set("muc#roomconfig_moderatedroom", "1");
        Assert.True(scene.HasFeature("muc_moderated"));
        scene.Room.Join(Nurse, "Nurse");
        Assert.Equal(MucRole.Visitor, scene.Room.Room.Occupants.Find("Nurse")!.Role);
        AssertRefused(scene.Room.Say(Nurse, "hello"), "forbidden", "auth");
        scene.Set("muc#roomconfig_moderatedroom", "0");
        Assert.True(scene.HasFeature("muc_unmoderated"));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_passwordprotectedroom", "roomconfig/muc#roomconfig_roomsecret", "muc-16.5.3-12", "muc-16.5.3-20")]
    public void A_password_is_asked_for_and_shown_to_owners_only()
    {
        AssertRefused(scene.Submit(("muc#roomconfig_passwordprotectedroom", ["1"])), "not-acceptable", "modify");
        scene.Set(("muc#roomconfig_passwordprotectedroom", ["1"]), ("muc#roomconfig_roomsecret", ["cauldronburn"]));
        Assert.Matches("type='text-private' var='muc#roomconfig_roomsecret'", scene.Ask(Romeo, "muc#owner"));
        Assert.True(scene.HasFeature("muc_passwordprotected"));
        Assert.DoesNotContain("cauldronburn", scene.Ask(Nurse, "disco#info"), StringComparison.Ordinal);
        AssertRefused(scene.Room.Join(Nurse, "Nurse"), "not-authorized", "auth");
        AssertRefused(Enter("Cauldronburn"), "not-authorized", "auth");
        var invited = scene.Room.Send(Romeo, $"<message to='{TestRoom.Address}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='{Nurse}'/></x></message>");
        Assert.Contains("<password>cauldronburn</password>", Assert.Single(invited).Xml, StringComparison.Ordinal);
        Assert.NotEmpty(To(Enter("cauldronburn"), Romeo));
        scene.Set("muc#roomconfig_passwordprotectedroom", "0");
        Assert.True(scene.HasFeature("muc_unsecured"));

        IReadOnlyList<Sent> Enter(string password) => scene.Room.Send(
            Nurse, $"<presence to='{TestRoom.Address}/Nurse'><x xmlns='http://jabber.org/protocol/muc'><password>{password}</password></x></presence>");
    }

    [Theory]
    [InlineData("1", "muc_persistent")]
    [InlineData("0", "muc_temporary")]
    [Proves("roomconfig/muc#roomconfig_persistentroom")]
    public void A_room_stays_or_ends_with_its_last_occupant(string value, string feature)
    {
        scene.Set("muc#roomconfig_persistentroom", value);
        Assert.True(scene.HasFeature(feature));
        Leave(Juliet, "Juliet");
        Leave(Romeo, "Romeo");
        Assert.Equal(value == "1", scene.Room.Room.Exists);

        void Leave(string who, string nick) => scene.Room.Send(who, $"<presence to='{TestRoom.Address}/{nick}' type='unavailable'/>");
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_presencebroadcast")]
    public void Roles_that_are_not_broadcast_are_seen_by_nobody_else()
    {
        scene.Set("muc#roomconfig_presencebroadcast", "moderator");
        var sent = scene.Room.Join(Nurse, "Nurse");
        Assert.Empty(To(sent, Romeo));
        Assert.Contains(To(sent, Nurse), xml => xml.Contains("code='110'", StringComparison.Ordinal));
        Assert.DoesNotContain(To(sent, Nurse), xml => xml.Contains("/Juliet'", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_roomadmins", "roomconfig/muc#roomconfig_roomowners")]
    public void The_lists_of_admins_and_owners_are_replaced()
    {
        var sent = scene.Set("muc#roomconfig_roomadmins", "juliet@capulet.example");
        Assert.Contains("<item affiliation='admin' ", To(sent, Romeo)[0], StringComparison.Ordinal);
        Assert.Equal(MucAffiliation.Admin, scene.Room.Room.AffiliationOf(Jid.Parse(Juliet)));
        AssertRefused(scene.Submit(("muc#roomconfig_roomowners", [])), "conflict", "cancel");
        scene.Set("muc#roomconfig_roomowners", "romeo@montague.example", "nurse@capulet.example");
        Assert.Equal(MucAffiliation.Owner, scene.Room.Room.AffiliationOf(Jid.Parse(Nurse)));
        scene.Set("muc#roomconfig_roomadmins");
        Assert.Equal(MucAffiliation.None, scene.Room.Room.AffiliationOf(Jid.Parse(Juliet)));
    }

    [Fact]
    [Proves("roomconfig/muc#roomconfig_whois", "muc-16.5.3-21", "roominfo/muc#roominfo_contactjid")]
    public void Addresses_are_for_moderators_or_everybody()
    {
        AssertRefused(scene.Submit(("muc#roomconfig_whois", ["none"])), "not-acceptable", "modify");
        Assert.Null(scene.Info("muc#roominfo_contactjid"));
        Assert.DoesNotContain($"jid='{Nurse}'", To(scene.Room.Join(Nurse, "Nurse"), Juliet)[0], StringComparison.Ordinal);
        Assert.Contains("<status code='172'/>", To(scene.Set("muc#roomconfig_whois", "anyone"), Juliet)[0], StringComparison.Ordinal);
        Assert.True(scene.HasFeature("muc_nonanonymous"));
        Assert.Equal(["romeo@montague.example"], scene.Info("muc#roominfo_contactjid")!);
        const string tybalt = "tybalt@capulet.example/a";
        var sent = scene.Room.Join(tybalt, "Tybalt");
        Assert.Contains($"jid='{tybalt}'", To(sent, Juliet)[0], StringComparison.Ordinal);
        Assert.Contains(To(sent, tybalt), xml => xml.Contains("code='100'", StringComparison.Ordinal));
        Assert.Contains("<status code='173'/>", To(scene.Set("muc#roomconfig_whois", "moderators"), Juliet)[0], StringComparison.Ordinal);
        Assert.True(scene.HasFeature("muc_semianonymous"));
    }

    [Fact]
    public void Unknown_fields_are_ignored_and_the_rest_is_kept()
    {
        scene.Set("muc#roomconfig_roomdesc", "witches");
        scene.Submit(("muc#roomconfig_roomname", ["A Dark Cave"]), ("urn:example:colour", ["red"]));
        Assert.Equal(("A Dark Cave", "witches"), (scene.Room.Room.Config.Name, scene.Room.Room.Config.Description));
    }

    [Theory]
    [InlineData("public_list", "perhaps", "not-acceptable")]
    [InlineData("allow_private_messages_from_visitors", "friends", "not-acceptable")]
    [InlineData("voice_request_min_interval", "-1", "not-acceptable")]
    [InlineData("voice_request_min_interval", "soon", "not-acceptable")]
    [InlineData("muc#roomconfig_defaulthistorymessages", "-1", "not-acceptable")]
    [InlineData("muc#maxhistoryfetch", "-1", "not-acceptable")]
    [InlineData("muc#maxhistoryfetch", "99999999999", "not-acceptable")]
    [InlineData("muc#roomconfig_maxusers", "0", "not-acceptable")]
    [InlineData("muc#roomconfig_lang", "no language", "not-acceptable")]
    [InlineData("muc#roomconfig_roomadmins", "@", "jid-malformed")]
    [InlineData("{urn:mucgen:muc}registration", "friends", "not-acceptable")]
    [InlineData("{urn:mucgen:muc}lock_nicks", "2", "not-acceptable")]
    public void A_value_that_is_none_is_refused_by_its_name_and_nothing_changes(string variable, string value, string condition)
    {
        var before = scene.Room.Room.Config;
        var answer = AssertRefused(scene.Submit(("muc#roomconfig_roomname", ["A Dark Cave"]), (variable, [value])), condition, "modify");
        if (variable != "muc#roomconfig_maxusers")
            Assert.Contains(variable, answer, StringComparison.Ordinal);
        Assert.Equal(before, scene.Room.Room.Config);
    }

    private int HistoryOf(string history)
    {
        var sent = scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/Nurse'><x xmlns='http://jabber.org/protocol/muc'>{history}</x></presence>");
        var messages = To(sent, Nurse).Count(xml => xml.Contains("<body>", StringComparison.Ordinal));
        scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/Nurse' type='unavailable'/>");
        return messages;
    }

    private void AssertWhisper(string from, string nick, bool passes)
    {
        var sent = scene.Whisper(from, nick);
        if (passes)
            Assert.Contains("<body>psst</body>", Assert.Single(sent).Xml, StringComparison.Ordinal);
        else
            AssertRefused(sent, "forbidden", "auth");
    }
}
