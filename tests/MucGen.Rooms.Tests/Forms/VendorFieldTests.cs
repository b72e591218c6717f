using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Forms.FormScene;

namespace MucGen.Rooms.Tests.Forms;

/// <summary>Fields that Prosody and ejabberd have beside the registered ones, under the names that their clients know.</summary>
public sealed class VendorFieldTests
{
    private readonly FormScene scene = new();

    public VendorFieldTests() => scene.Room.Join(Nurse, "Nurse");

    [Fact]
    [Proves("roomconfig/muc#allow_modpm")]
    public void Moderators_write_and_are_written_to_whatever_the_rule()
    {
        scene.Set(("muc#roomconfig_allowpm", ["none"]), ("{xmpp:prosody.im}muc#allow_modpm", ["1"]));
        Assert.Contains("<body>", Assert.Single(scene.Whisper(Juliet, "Romeo")).Xml, StringComparison.Ordinal);
        Assert.Contains("<body>", Assert.Single(scene.Whisper(Romeo, "Juliet")).Xml, StringComparison.Ordinal);
        AssertRefused(scene.Whisper(Juliet, "Nurse"), "forbidden", "auth");
    }

    [Fact]
    [Proves("roomconfig/public_list", "muc-10-04")]
    public void Outsiders_see_the_occupants_when_the_list_is_public()
    {
        const string outsider = "tybalt@capulet.example/a";
        Assert.DoesNotContain("<item ", scene.Ask(outsider, "disco#items"), StringComparison.Ordinal);
        scene.Set("public_list", "1");
        Assert.Contains($"<item jid='{TestRoom.Address}/Juliet'", scene.Ask(outsider, "disco#items"), StringComparison.Ordinal);
    }

    [Fact]
    [Proves("roomconfig/members_by_default", "muc-5.1.1-05")]
    public void Newcomers_are_visitors_where_voice_is_not_given()
    {
        const string tybalt = "tybalt@capulet.example/a";
        scene.Set("members_by_default", "0");
        scene.Room.Join(tybalt, "Tybalt");
        Assert.Equal(MucRole.Visitor, scene.Room.Room.Occupants.Find("Tybalt")!.Role);
        Assert.Equal(MucRole.Participant, scene.Room.Room.Occupants.Find("Juliet")!.Role);
        scene.Set("members_by_default", "1");
        scene.Room.Join("paris@verona.example/a", "Paris");
        Assert.Equal(MucRole.Participant, scene.Room.Room.Occupants.Find("Paris")!.Role);
    }

    [Theory]
    [InlineData("anyone", true, true)]
    [InlineData("moderators", false, true)]
    [InlineData("nobody", false, false)]
    [Proves("roomconfig/allow_private_messages_from_visitors")]
    public void Visitors_write_to_some(string value, bool toParticipants, bool toModerators)
    {
        scene.MakeVisitor("Nurse");
        scene.Set("allow_private_messages_from_visitors", value);
        AssertWhisper("Juliet", toParticipants);
        AssertWhisper("Romeo", toModerators);
        AssertWhisper("Nurse", true);
        Assert.Contains("<body>", Assert.Single(scene.Whisper(Juliet, "Nurse")).Xml, StringComparison.Ordinal);
        scene.Set("muc#roomconfig_allowpm", "moderators");
        AssertWhisper("Romeo", false);

        void AssertWhisper(string nick, bool passes)
        {
            var sent = scene.Whisper(Nurse, nick);
            if (passes)
                Assert.Contains("<body>", Assert.Single(sent).Xml, StringComparison.Ordinal);
            else
                AssertRefused(sent, "forbidden", "auth");
        }
    }

    [Fact]
    [Proves("roomconfig/allow_query_users")]
    public void Without_requests_only_vcards_and_self_pings_pass()
    {
        Assert.Contains("<query ", Assert.Single(Query("Juliet", "<query xmlns='jabber:iq:version'/>")).Xml, StringComparison.Ordinal);
        scene.Set("allow_query_users", "0");
        AssertRefused(Query("Juliet", "<query xmlns='jabber:iq:version'/>"), "not-allowed", "cancel");
        AssertRefused(Query("Juliet", "<ping xmlns='urn:xmpp:ping'/>"), "not-allowed", "cancel");
        Assert.Contains("<vCard ", Assert.Single(Query("Juliet", "<vCard xmlns='vcard-temp'/>")).Xml, StringComparison.Ordinal);
        Assert.Contains(" type='result'", Assert.Single(Query("Nurse", "<ping xmlns='urn:xmpp:ping'/>")).Xml, StringComparison.Ordinal);

        IReadOnlyList<Sent> Query(string nick, string payload) =>
            scene.Room.Send(Nurse, $"<iq to='{TestRoom.Address}/{nick}' type='get' id='v'>{payload}</iq>");
    }

    [Fact]
    [Proves("roomconfig/allow_visitor_status", "muc-14.6-06")]
    public void Visitors_have_no_status_text_where_it_is_not_shown()
    {
        scene.MakeVisitor("Nurse");
        Assert.Contains("<status>buy!</status>", To(Speak(), Romeo)[0], StringComparison.Ordinal);
        scene.Set("allow_visitor_status", "0");
        foreach (var xml in (string[])[To(Speak(), Romeo)[0], To(Speak(), Nurse)[0], To(scene.Room.Join("tybalt@capulet.example/a", "Tybalt"), "tybalt@capulet.example/a").First(xml => xml.Contains("/Nurse'", StringComparison.Ordinal))])
        {
            Assert.DoesNotContain("buy!", xml, StringComparison.Ordinal);
            Assert.Contains("<show>away</show>", xml, StringComparison.Ordinal);
        }
        Assert.Contains("<status>buy!</status>", To(scene.Admin("<item nick='Nurse' role='participant'/>"), Romeo)[0], StringComparison.Ordinal);

        IReadOnlyList<Sent> Speak() => scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/Nurse'><show>away</show><status>buy!</status></presence>");
    }

    [Fact]
    [Proves("roomconfig/allow_visitor_nickchange")]
    public void Visitors_keep_their_nick_where_they_may_not_change_it()
    {
        scene.Set("allow_visitor_nickchange", "0");
        Assert.NotEmpty(To(scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/Angelica'/>"), Romeo));
        scene.MakeVisitor("Angelica");
        AssertRefused(scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/Nurse'/>"), "not-allowed", "cancel");
        scene.Set("allow_visitor_nickchange", "1");
        Assert.NotEmpty(To(scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/Nurse'/>"), Romeo));
    }

    [Fact]
    [Proves("roomconfig/allow_voice_requests")]
    public void A_room_may_take_no_requests_for_voice()
    {
        scene.MakeVisitor("Nurse");
        scene.Set("allow_voice_requests", "0");
        AssertRefused(scene.Voice(Nurse), "forbidden", "auth");
        scene.Set("allow_voice_requests", "1");
        Assert.NotEmpty(To(scene.Voice(Nurse), Romeo));
    }

    [Fact]
    [Proves("roomconfig/voice_request_min_interval", "muc-8.6-10")]
    public void Voice_is_asked_for_once_an_interval()
    {
        scene.MakeVisitor("Nurse");
        scene.Set("voice_request_min_interval", "60");
        Assert.NotEmpty(To(scene.Voice(Nurse), Romeo));
        scene.Room.Now += TimeSpan.FromSeconds(59);
        AssertRefused(scene.Voice(Nurse), "resource-constraint", "wait");
        scene.Room.Now += TimeSpan.FromSeconds(1);
        Assert.NotEmpty(To(scene.Voice(Nurse), Romeo));
        Assert.Single(scene.Room.Room.VoiceRequests);
    }
}
