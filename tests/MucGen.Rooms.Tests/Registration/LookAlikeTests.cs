using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Registration.RegistrationScene;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>Nicks that look like a reserved one are reserved with it (XEP-0045 14.6, 17.1; UTS #39).</summary>
public sealed class LookAlikeTests
{
    public static TheoryData<string, string> Alike => new()
    {
        { "Romeo", "R\u043Emeo" }, // Cyrillic o
        { "Romeo", "ROMEO" },
        { "Romeo", "R0me0" },
        { "Romeo", "Rorneo" },
        { "Romeo", "Ro\u2004meo" }, // a space that comes and goes
        { "Romeo", "\uFF32\uFF4F\uFF4D\uFF45\uFF4F" }, // fullwidth
        { "Romeo", "\U0001D411\U0001D428\U0001D426\U0001D41E\U0001D428" }, // mathematical
        { "Juliet", "JuIiet" }, // capital i for l
        { "Juliet", "Ju1iet" },
        { "Juliet", "\u0408uliet" }, // Cyrillic J
        { "HOPE", "\u041D\u041E\u03A1\u0415" }, // Cyrillic and Greek capitals
        { "paypal", "\u0440\u0430\u0443\u0440\u0430l" },
        { "noon", "\u0578oo\u0578" }, // Armenian
        { "\u0420\u043E\u043C\u0435\u043E", "\u0420\u041E\u041C\u0415\u041E" }, // one name in Cyrillic, in capitals
        { "Alex", "\u0391lex" }, // Greek capital alpha
    };

    [Theory]
    [MemberData(nameof(Alike))]
    public void Look_alikes_are_alike(string nick, string other)
    {
        Assert.True(NickSkeleton.AreAlike(nick, other));
        Assert.True(NickSkeleton.AreAlike(other, nick));
    }

    [Theory]
    [InlineData("Romeo", "Juliet")]
    [InlineData("Romeo", "Rom\u00E9o")] // an accent is seen
    [InlineData("Romeo", "\u0420\u043E\u043C\u0435\u043E")] // the same name in another script: its m is not ours
    [InlineData("Anna", "Hanna")]
    [InlineData("a", "b")]
    [InlineData("\u4E00", "\u4E8C")]
    [InlineData("nurse", "purse")]
    [InlineData("\u03BD\u03AF\u03BA\u03B7", "\u03BD\u03AF\u03BA\u03BF\u03C2")]
    public void Names_that_people_tell_apart_are_not(string nick, string other) => Assert.False(NickSkeleton.AreAlike(nick, other));

    [Fact]
    [Proves("muc-14.6-03", "muc-17.1-08")]
    public void Nobody_enters_changes_to_registers_or_is_given_a_look_alike()
    {
        const string fake = "Jul\u0456et"; // Cyrillic i
        var scene = new RegistrationScene();
        scene.Register(Juliet, "Juliet");
        AssertRefused(scene.Room.Join(Nurse, fake), "conflict");
        scene.Room.Join(Nurse, "Nurse");
        AssertRefused(scene.Room.Send(Nurse, $"<presence to='{TestRoom.Address}/{fake}'/>"), "conflict");
        AssertRefused(scene.Register(Nurse, fake), "conflict");
        AssertRefused(scene.Admin($"<item jid='nurse@capulet.example' affiliation='member' nick='{fake}'/>"), "conflict");
        AssertRefused(
            scene.Admin($"<item jid='a@verona.example' affiliation='member' nick='Paris'/><item jid='b@verona.example' affiliation='member' nick='PARIS'/>"),
            "conflict");
        Assert.Equal((null, null), (scene.NickOf(Nurse), scene.NickOf("a@verona.example/a")));
        AssertResult(scene.Register(Juliet, fake)); // her own
        Assert.Equal(fake, scene.NickOf(Juliet));
    }

    [Fact]
    public void What_is_reserved_by_an_admin_is_taken_from_look_alikes_too()
    {
        var scene = new RegistrationScene();
        scene.Room.Join(Nurse, "JULIET");
        AssertRefused(scene.Register(Juliet, "Juliet"), "conflict");
        var told = To(scene.Admin("<item jid='juliet@capulet.example' affiliation='member' nick='Juliet'/>"), Nurse);
        Assert.Contains(told, xml => xml.Contains("code='307'", StringComparison.Ordinal));
        Assert.Null(scene.Room.Room.Occupants.Find("JULIET"));
    }

    [Fact]
    public void Nicks_that_nobody_reserved_differ_by_every_character_of_their_prepared_form()
    {
        var scene = new RegistrationScene();
        scene.Room.Join(Juliet, "Nurse");
        Assert.NotEmpty(To(scene.Room.Join(Nurse, "NURSE"), Romeo));
        scene.Room.Join(Tybalt, "Rom\u00E9o");
        AssertRefused(scene.Room.Join("paris@verona.example/a", "Rome\u0301o"), "conflict");
    }

    [Fact]
    public void A_nick_that_is_given_up_frees_what_looks_like_it()
    {
        var scene = new RegistrationScene();
        scene.Register(Juliet, "Juliet");
        scene.Remove(Juliet);
        AssertResult(scene.Register(Nurse, "JULIET"));
    }
}
