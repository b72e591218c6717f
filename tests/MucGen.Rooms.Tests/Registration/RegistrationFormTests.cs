using MucGen.Protocol;
using Xunit;
using static MucGen.Rooms.Tests.Registration.RegistrationScene;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>The fields of muc#register, from the user to the admin who decides (XEP-0045 7.10, 9.9, 16.5.1).</summary>
public sealed class RegistrationFormTests
{
    private static readonly RoomConfig Asking = new() { AsksForDetails = true, Registration = RoomRegistration.Approval };

    [Fact]
    public void A_room_asks_for_the_nick_alone_unless_it_was_told_otherwise() =>
        Assert.Equal(["FORM_TYPE", "muc#register_roomnick"], Fields(new RegistrationScene().Offer(Juliet)).Keys);

    [Fact]
    [Proves("muc-16.5.1-01")]
    public void A_room_that_asks_for_more_offers_every_field_with_its_type()
    {
        var scene = new RegistrationScene(Asking);
        var offered = Fields(scene.Offer(Juliet)).Select(field => (field.Key, field.Value.Type));
        Assert.Equal(
            [
                ("FORM_TYPE", "hidden"), ("muc#register_first", "text-single"), ("muc#register_last", "text-single"), ("muc#register_roomnick", "text-single"),
                ("muc#register_url", "text-single"), ("muc#register_email", "text-single"), ("muc#register_faqentry", "text-multi"),
            ],
            offered);
        var put = Fields(To(scene.Register(Juliet, "Juliet"), Romeo)[0]);
        Assert.Equal("boolean", put["muc#register_allow"].Type);
    }

    [Fact]
    [Proves(
        "register/muc#register_first", "register/muc#register_last", "register/muc#register_url", "register/muc#register_email",
        "register/muc#register_faqentry", "register/muc#register_allow", "register/muc#register_roomnick")]
    public void What_was_submitted_reaches_the_admin_who_decides()
    {
        var scene = new RegistrationScene(Asking);
        var sent = scene.Register(
            Juliet, "Juliet", ("muc#register_first", ["Juliet"]), ("muc#register_last", ["Capulet"]), ("muc#register_url", ["https://capulet.example/"]),
            ("muc#register_email", ["juliet@mail.example"]), ("muc#register_faqentry", ["Wherefore?", "Deny thy father."]));
        AssertResult(sent);
        var fields = Fields(To(sent, Romeo)[0]);
        Assert.Equal(["0"], fields["muc#register_allow"].Values);
        Assert.Equal(["juliet@capulet.example"], fields["{urn:mucgen:muc}register_jid"].Values);
        Assert.Equal(["Juliet"], fields["muc#register_first"].Values);
        Assert.Equal(["Capulet"], fields["muc#register_last"].Values);
        Assert.Equal(["Juliet"], fields["muc#register_roomnick"].Values);
        Assert.Equal(["https://capulet.example/"], fields["muc#register_url"].Values);
        Assert.Equal(["juliet@mail.example"], fields["muc#register_email"].Values);
        Assert.Equal(["Wherefore?", "Deny thy father."], fields["muc#register_faqentry"].Values);
        Assert.Equal(["Capulet"], Fields(scene.Offer(Juliet))["muc#register_last"].Values);

        scene.Answer(Romeo, "Juliet", isApproved: true);
        Assert.Equal("Juliet", scene.NickOf(Juliet));
        AssertRefused(scene.Room.Join(Nurse, "Juliet"), "conflict");
        AssertRefused(scene.Register(Nurse, "Juliet"), "conflict");
    }

    [Fact]
    public void Only_the_nick_is_required()
    {
        var scene = new RegistrationScene(Asking);
        AssertResult(scene.Register(Juliet, "Juliet"));
        AssertRefused(scene.Iq(Nurse, "set", "<x xmlns='jabber:x:data' type='submit'><field var='muc#register_first'><value>Angelica</value></field></x>"), "bad-request");
    }

    [Fact]
    [Proves("register/FORM_TYPE")]
    public void A_form_of_another_type_is_refused()
    {
        var scene = new RegistrationScene();
        const string form = "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
            + "<field var='muc#register_roomnick'><value>Juliet</value></field></x>";
        Assert.Contains("<error type='modify'", AssertRefused(scene.Iq(Juliet, "set", form), "bad-request"), StringComparison.Ordinal);
        Assert.Null(scene.NickOf(Juliet));
    }

    [Fact]
    public void A_field_with_two_values_is_named_and_nothing_is_kept()
    {
        var scene = new RegistrationScene(Asking);
        var answer = AssertRefused(scene.Register(Juliet, "Juliet", ("muc#register_email", ["a@b.example", "c@d.example"])), "bad-request");
        Assert.Contains("muc#register_email", answer, StringComparison.Ordinal);
        Assert.Empty(scene.Room.Room.PendingRegistrations);
    }

    [Fact]
    public void Nobody_makes_the_room_keep_a_book()
    {
        var scene = new RegistrationScene(Asking);
        AssertRefused(scene.Register(Juliet, "Juliet", ("muc#register_faqentry", [new string('x', 4000), new string('y', 97)])), "not-acceptable");
        AssertResult(scene.Register(Juliet, "Juliet", ("muc#register_faqentry", [new string('x', 4000), new string('y', 96)])));
    }
}
