using System.Text.Json;
using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Rooms.Journal;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Registration.RegistrationScene;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>Requests that wait for an admin (XEP-0045 9.9): each is decided once, whatever happens meanwhile.</summary>
public sealed class ApprovalTests
{
    private readonly RegistrationScene scene = new(new RoomConfig { Registration = RoomRegistration.Approval });

    [Fact]
    public void The_second_of_two_admins_comes_too_late()
    {
        scene.Admin("<item jid='nurse@capulet.example' affiliation='admin'/>");
        scene.Register(Juliet, "Juliet");
        scene.Answer(Romeo, "Juliet", isApproved: false);
        AssertRefused(scene.Answer(Nurse, "Juliet", isApproved: true), "item-not-found");
        Assert.Equal(RegistrationState.Outsider, scene.StateOf(Juliet));
    }

    [Fact]
    public void An_admin_who_enters_later_finds_what_waits_in_order()
    {
        scene.Register(Juliet, "Juliet");
        scene.Register(Tybalt, "Tybalt");
        scene.Room.Send(Romeo, $"<presence to='{TestRoom.Address}/Romeo' type='unavailable'/>");
        var entered = To(scene.Room.Join(Romeo, "Romeo"), Romeo);
        Assert.Contains("<subject", entered[^3], StringComparison.Ordinal);
        Assert.Equal(["Juliet"], Fields(entered[^2])["muc#register_roomnick"].Values);
        Assert.Equal(["Tybalt"], Fields(entered[^1])["muc#register_roomnick"].Values);
        Assert.DoesNotContain(To(scene.Room.Join(Nurse, "Nurse"), Nurse), xml => xml.Contains("muc#register", StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_becomes_an_admin_finds_what_waits()
    {
        scene.Room.Join(Nurse, "Nurse");
        scene.Register(Juliet, "Juliet");
        var told = To(scene.Admin("<item jid='nurse@capulet.example' affiliation='admin'/>"), Nurse);
        Assert.Equal(["Juliet"], Fields(told[^1])["muc#register_roomnick"].Values);
        Assert.Equal(0, scene.Room.Withheld);
    }

    [Fact]
    public void What_waits_survives_a_restart()
    {
        scene.Register(Juliet, "Juliet", ("muc#register_first", ["Juliet"]));
        Assert.True(scene.Room.MustCommitFirst);
        var kept = JsonSerializer.Deserialize(TestRoom.StateOf(scene.Room.Room)!, JournalJson.Snapshot)!;
        scene.Room.Room = kept.ToRoom(TestRoom.Address, scene.Room.Policy);
        Assert.Equal(new RegistrationDetails("Juliet"), Assert.Single(scene.Room.Room.PendingRegistrations).Details);
        scene.Answer(Romeo, "Juliet", isApproved: true);
        Assert.Equal("Juliet", scene.NickOf(Juliet));
    }

    [Fact]
    public void Of_several_who_want_a_nick_the_admin_chooses_one()
    {
        scene.Register(Juliet, "Rose");
        scene.Register(Nurse, "Rose");
        scene.Answer(Romeo, "Rose", isApproved: true, "nurse@capulet.example");
        Assert.Equal(("Rose", null), (scene.NickOf(Nurse), scene.NickOf(Juliet)));
        AssertRefused(scene.Answer(Romeo, "Rose", isApproved: true), "conflict");
        Assert.Equal(RegistrationState.Waiting, scene.StateOf(Juliet));
        Assert.Empty(scene.Answer(Romeo, "Rose", isApproved: false));
        Assert.Equal(RegistrationState.Outsider, scene.StateOf(Juliet));
    }

    [Fact]
    public void A_client_that_returns_no_address_means_the_oldest_request()
    {
        scene.Register(Juliet, "Rose");
        scene.Register(Nurse, "Rose");
        scene.Answer(Romeo, "Rose", isApproved: true);
        Assert.Equal("Rose", scene.NickOf(Juliet));
    }

    [Fact]
    public void Whoever_asks_anew_has_one_request_and_the_old_one_cannot_be_approved()
    {
        scene.Register(Juliet, "Rose");
        var again = scene.Register(Juliet, "Lily");
        Assert.Equal(["Lily"], Fields(To(again, Romeo)[0])["muc#register_roomnick"].Values);
        AssertRefused(scene.Answer(Romeo, "Rose", isApproved: true, "juliet@capulet.example"), "item-not-found");
        Assert.Equal("Lily", Assert.Single(scene.Room.Room.PendingRegistrations).Nick);
    }

    [Fact]
    public void Asking_the_same_again_bothers_nobody()
    {
        scene.Register(Juliet, "Juliet");
        Assert.Single(scene.Register(Juliet, "Juliet")); // the result
    }

    [Fact]
    public void A_request_can_be_taken_back()
    {
        scene.Register(Juliet, "Juliet");
        AssertResult(scene.Remove(Juliet));
        AssertRefused(scene.Answer(Romeo, "Juliet", isApproved: true), "item-not-found");
        AssertRefused(scene.Remove(Juliet), "registration-required");
    }

    [Theory]
    [InlineData("juliet@capulet.example", "outcast", RegistrationState.Banned)]
    [InlineData("capulet.example", "outcast", RegistrationState.Banned)]
    [InlineData("juliet@capulet.example", "member", RegistrationState.Listed)]
    [InlineData("capulet.example", "member", RegistrationState.Listed)]
    public void What_admins_do_with_the_requester_meanwhile_ends_the_request(string jid, string affiliation, RegistrationState expected)
    {
        scene.Register(Juliet, "Juliet");
        scene.Admin($"<item jid='{jid}' affiliation='{affiliation}'/>");
        AssertRefused(scene.Answer(Romeo, "Juliet", isApproved: true), "item-not-found");
        Assert.Equal(expected, scene.StateOf(Juliet));
        Assert.Empty(scene.Room.Room.PendingRegistrations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_nick_that_was_taken_meanwhile_is_a_conflict(bool byReservation)
    {
        scene.Register(Juliet, "Rose");
        if (byReservation)
            scene.Admin("<item jid='nurse@capulet.example' affiliation='member' nick='Rose'/>");
        else
            scene.Room.Join(Nurse, "Rose");
        AssertRefused(scene.Answer(Romeo, "Rose", isApproved: true), "conflict");
        Assert.Equal(RegistrationState.Waiting, scene.StateOf(Juliet));
    }

    [Fact]
    public void The_queue_is_bounded_and_takes_more_when_there_is_room()
    {
        for (var i = 0; i < 200; i++)
            AssertResult(scene.Register($"user{i}@verona.example/a", $"user {i}"));
        AssertRefused(scene.Register(Juliet, "Juliet"), "resource-constraint");
        AssertResult(scene.Register("user7@verona.example/a", "lucky one"));
        scene.Answer(Romeo, "user 0", isApproved: false);
        AssertResult(scene.Register(Juliet, "Juliet"));
    }

    [Fact]
    public void A_deleted_account_waits_for_nothing()
    {
        scene.Register(Juliet, "Juliet");
        scene.Room.Decide(RoomInput.AccountDeleted(Jid.Parse("juliet@capulet.example")));
        Assert.Empty(scene.Room.Room.PendingRegistrations);
    }
}
